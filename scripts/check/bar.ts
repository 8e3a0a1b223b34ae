// A bar that shows how many of a few steps are done.
import { colors } from '../cli/colors.ts'

const stepColumns = 3

/** Three columns for each step: `██████░░░░░░`. */
export function bar(done: number, of: number): string {
  const full = '█'.repeat(done * stepColumns)
  const empty = '░'.repeat((of - done) * stepColumns)
  return `${colors.green(full)}${colors.dim(empty)}`
}
