// The clock of a run: nanoseconds since its epoch, the same in all processes of
// this machine, and never set back.

export type Clock = () => number

/** @param epochNs `process.hrtime.bigint()` at the start of the run, as text */
export function clockFrom(epochNs: string): Clock {
  const epoch = BigInt(epochNs)
  return () => Number(process.hrtime.bigint() - epoch)
}
