// What to see and to do when all of an exercise is kept.
import type { NumberedExercise } from '../../lessons/exercises.ts'
import { nextOf, readRows } from './list.ts'
import { fromRoot } from './places.ts'

export async function tellWhatIsNext(
  exercise: NumberedExercise,
  _signal: AbortSignal,
): Promise<void> {
  const { files, folder, number } = exercise
  for (const file of files) {
    const own = fromRoot(new URL(`../${file}`, folder))
    print(`\nFor comparison: ${own}, npm run check ${number} -- --solution`)
  }
  const next = nextOf(await readRows())
  print(
    next
      ? `Next: ${next.title}, npm run check ${next.number} -- --watch`
      : 'That was the last one.',
  )
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
