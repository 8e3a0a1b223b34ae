/** Runs what it is given in that order, each when the one before has ended. */
export function oneAtATime(): <Value>(
  run: () => Promise<Value>,
) => Promise<Value> {
  let last: Promise<unknown> = Promise.resolve()
  return (run) => {
    const next = last.then(run)
    // Whoever asked for it hears of its error.
    last = next.catch(() => {})
    return next
  }
}
