// A lesson with somebody else's server or client in the place of its own.
import type { ExerciseFile } from '../../lessons/exercise.ts'
import type { Lesson } from '../../lessons/lesson.ts'
import type { GradeRequest } from './messages.ts'

const exported = { 'server.ts': 'serve', 'client.ts': 'subscribe' } as const

/** A module that is there, and is not what it should be. */
export class WrongModule extends Error {
  override readonly name = 'WrongModule'
}

/**
 * @param modules by the file that they stand for, as URLs
 * @param onError takes what went wrong while a file was loaded, and throws
 * @throws WrongModule when a file exports no such function
 */
export async function withModules(
  lesson: Lesson,
  modules: GradeRequest['modules'],
  onError: (file: string, error: unknown) => never,
): Promise<Lesson> {
  const changed = { ...lesson }
  for (const [file, url] of Object.entries(modules)) {
    const name = exported[file as ExerciseFile]
    const module: Partial<Lesson> = await import(url).catch((error) =>
      onError(file, error),
    )
    const found = module[name]
    if (typeof found !== 'function')
      throw new WrongModule(
        `${file} must export a function ${name}, got ${found}.`,
      )
    Object.assign(changed, { [name]: found })
  }
  return changed
}
