// Colours, where somebody sees them.
import picocolors from 'picocolors'

// picocolors colours a pipe too under CI and on Windows. A program that reads
// the output wants none, unless it says so.
const seen = process.stdout.isTTY || Boolean(process.env.FORCE_COLOR)

/** None with `NO_COLOR`, and none in a file or a pipe. */
export const colors = picocolors.createColors(
  picocolors.isColorSupported && seen,
)
