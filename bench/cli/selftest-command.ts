export const selftestCommand = (_p: unknown, _c: unknown): void => {}
