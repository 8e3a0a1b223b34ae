// What to see and to do when all of an exercise is kept.
import type { NumberedExercise } from '../../lessons/exercises.ts'
import { colors } from '../cli/colors.ts'
import { nextOf, readRows } from './list.ts'
import { type Comparison, measure } from './measure.ts'
import { fromRoot } from './places.ts'

export async function tellWhatIsNext(
  exercise: NumberedExercise,
  signal: AbortSignal,
): Promise<void> {
  const { files, folder, number } = exercise
  print('')
  for (const file of files)
    print(
      `For comparison: ${fromRoot(new URL(`../${file}`, folder))}  ${colors.dim(`npm run check ${number} -- --solution`)}`,
    )
  print(colors.dim('Measuring yours against it, five seconds …'))
  const comparison = await measure(exercise, signal)
  signal.throwIfAborted()
  for (const line of comparison ? describe(comparison) : [noFigures])
    print(line)

  const next = nextOf(await readRows())
  print(
    next
      ? `\nNext: ${next.title}, npm run check ${next.number} -- --watch`
      : '\nThat was the last one. What is left is the benchmark: npm run bench',
  )
}

const noFigures = 'There are no figures: one of the two did not come to an end.'

function describe({ yours, lessons, ratios }: Comparison): string[] {
  const ratio = yours.usPerDelivery / lessons.usPerDelivery
  const span = `${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}`
  return [
    `  CPU for each delivery   yours ${yours.usPerDelivery.toFixed(1)} us, the lesson's ${lessons.usPerDelivery.toFixed(1)} us: ${ratio.toFixed(2)} times as much (${span})`,
    `  Bytes for each message  yours ${yours.bytesPerMessage.toFixed(0)}, the lesson's ${lessons.bytesPerMessage.toFixed(0)}`,
  ]
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
