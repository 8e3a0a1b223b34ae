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

  const next = nextOf(await readRows(), number)
  print(
    next
      ? `\nNext: ${next.title}, npm run check ${next.number} -- --watch`
      : '\nThat was the last one. What is left is the benchmark: npm run bench',
  )
}

const noFigures = 'There are no figures: one of the two did not come to an end.'

/** The same code, measured twice, differs by less on a machine that is at rest. */
const mostSpread = 1.5

function describe({ yours, lessons, ratios }: Comparison): string[] {
  const least = Math.min(...ratios)
  const most = Math.max(...ratios)
  const ratio = (yours.usPerDelivery / lessons.usPerDelivery).toFixed(2)
  const verdict =
    most > mostSpread * least
      ? 'the machine is too busy to tell'
      : `${ratio} times as much`
  const cpu = [yours, lessons].map((cost) => cost.usPerDelivery.toFixed(1))
  const bytes = [yours, lessons].map((cost) => cost.bytesPerMessage.toFixed(0))
  return [
    `  CPU for each delivery   yours ${cpu[0]} us, the lesson's ${cpu[1]} us: ${verdict} (${least.toFixed(2)} to ${most.toFixed(2)})`,
    `  Bytes for each message  yours ${bytes[0]}, the lesson's ${bytes[1]}`,
  ]
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
