// pushManager
export {}
