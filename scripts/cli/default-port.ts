// Which server is at which port.
import type { NumberedLesson } from '../../lessons/index.ts'

/** 8000 and the lesson's number; others when the first is another; 0, a free one, when that is 0. */
export function defaultPort(
  { number }: Pick<NumberedLesson, 'number'>,
  portsFrom = 8_000,
): number {
  return portsFrom === 0 ? 0 : portsFrom + number
}

/** The lesson once more, for the race: 100 further. */
export function defaultRacePort(
  lesson: Pick<NumberedLesson, 'number'>,
  portsFrom: number,
): number {
  return portsFrom === 0 ? 0 : defaultPort(lesson, portsFrom) + 100
}
