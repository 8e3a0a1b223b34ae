import type { Reference } from '../../../bench/references.ts'
import type { Result } from '../../../bench/result.ts'

/**
 * A committed result without the floor, which every run has: of its lessons
 * alone ours are the figures of this one result.
 *
 * @throws Error when it is not there
 */
export function lessonsOf(
  file: string,
  references: readonly Reference[],
): Result {
  const found = references.find((one) => one.file === file)
  if (found === undefined) throw new Error(`${file} must be there.`)
  const { result } = found
  const isLesson = (id: string) => id !== 'raw-tcp'
  return {
    ...result,
    contestants: result.contestants.filter(({ id }) => isLesson(id)),
    cells: result.cells.filter(({ contestant }) => isLesson(contestant)),
  }
}
