/** Settles as `promise` does, or rejects with the signal's reason as soon as it aborts. */
export function unlessAborted<Value>(
  promise: Promise<Value>,
  signal: AbortSignal | undefined,
): Promise<Value> {
  if (signal === undefined) return promise
  return new Promise((resolve, reject) => {
    const leave = () => reject(signal.reason)
    const stay = () => signal.removeEventListener('abort', leave)
    if (signal.aborted) leave()
    signal.addEventListener('abort', leave, { once: true })
    promise.finally(stay).then(resolve, reject)
  })
}
