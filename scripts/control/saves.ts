// Tells a page when its reader saves what they repair.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { NumberedExercise } from '../../lessons/exercises.ts'
import { aborted } from '../cli/serve-lesson.ts'
import { Edits } from '../servers/edits.ts'

/** Where file events do not arrive, such as in a container or under WSL. */
const pollMs = 300

/**
 * A hash of what the reader's files hold: now, and again when it is another.
 * Whoever was away for a while sees by it whether something was saved.
 */
export async function* saves(
  exercise: NumberedExercise,
  signal: AbortSignal,
): AsyncGenerator<string, void, undefined> {
  const edits = new Edits(fileURLToPath(exercise.folder), { pollMs })
  const left = aborted(signal)
  try {
    for (let last = ''; !signal.aborted; ) {
      const now = hashOf(exercise)
      if (now !== last) yield now
      last = now
      await Promise.race([edits.next(), left])
    }
  } finally {
    edits.close()
  }
}

function hashOf({ files, folder }: NumberedExercise): string {
  const hash = createHash('sha256')
  for (const file of files)
    try {
      hash.update(readFileSync(new URL(file, folder)))
    } catch {
      // An editor that replaces it has it back in a moment: that is another edit.
    }
  return hash.digest('hex')
}
