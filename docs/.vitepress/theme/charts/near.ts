// Tells when a part of the page comes near to what the reader sees.

/** How far below or above the window counts as near. */
const margin = '200px'

/** Resolves when it is near for the first time, and rejects when `signal` aborts. */
export function near(element: Element, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return
        observer.disconnect()
        resolve()
      },
      { rootMargin: margin },
    )
    observer.observe(element)
    signal.addEventListener('abort', () => {
      observer.disconnect()
      reject(signal.reason)
    })
  })
}
