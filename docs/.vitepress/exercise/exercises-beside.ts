// What a page asks of the reader's own exercises: the control server beside it
// runs their checks, as `npm run check` does.

import { decodeLines } from '../../../lessons/03-http-streaming/json-lines.ts'
import { items } from '../../../lessons/shared/browser-streams.ts'
import type {
  AskedExercise,
  CheckLine,
  Exercises,
  Hints,
} from '../../../scripts/control/exercises.ts'
import { ask, post } from '../live/ask.ts'
import { controlBeside } from '../live/servers.ts'

export class ExercisesBeside {
  readonly #control: string

  /** @param control its address */
  constructor(control: string) {
    this.#control = control
  }

  /** How far each is. @throws Error with a sentence */
  async list(): Promise<Exercises> {
    const response = await ask(new URL('exercises', this.#control))
    return (await response.json()) as Exercises
  }

  /**
   * Runs the checks of one, and tells each line of the report when it is there.
   *
   * @param signal ends the check
   * @throws Error with a sentence
   */
  async *check(
    exercise: number,
    signal: AbortSignal,
  ): AsyncGenerator<CheckLine, void, undefined> {
    const asked: AskedExercise = { exercise }
    const url = new URL('check', this.#control)
    const { body } = await post(url, asked, { signal })
    if (body !== null)
      yield* decodeLines(items(body)) as AsyncGenerator<CheckLine, void>
  }

  /** One hint more for the step that failed. @throws Error with a sentence */
  async hint(exercise: number): Promise<Hints> {
    const asked: AskedExercise = { exercise }
    const response = await post(new URL('hint', this.#control), asked)
    return (await response.json()) as Hints
  }

  /**
   * An event stream: what the files hold, as a hash, at once and after each
   * save. It comes back by itself, as lesson 04 has it.
   */
  saves(exercise: number): EventSource {
    return new EventSource(new URL(`saves?exercise=${exercise}`, this.#control))
  }
}

let beside: Promise<ExercisesBeside> | undefined

/**
 * Those of the workbook that serves this page. All parts of a page share it.
 *
 * @param address from `besideThisPage`
 * @throws Error with a sentence
 */
export function exercisesBeside(address: URL): Promise<ExercisesBeside> {
  beside ??= controlBeside(address).then(
    (control) => new ExercisesBeside(control),
    (error) => {
      beside = undefined // The next one asks again.
      throw error
    },
  )
  return beside
}
