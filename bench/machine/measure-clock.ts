// Asks a second process for its clock, many times, and bounds the difference.

import { control } from '../contestants.ts'
import { BenchProcess } from '../processes/child.ts'
import type {
  GeneratorCalls,
  GeneratorSettings,
} from '../processes/generator.ts'
import { offsetBounds } from './clock.ts'

const exchanges = 200

/**
 * The bounds, in us, of what the clock of another process is ahead.
 *
 * @throws Error when 0 is not between them
 */
export async function measureClock(
  signal: AbortSignal,
): Promise<[number, number]> {
  const settings: GeneratorSettings = {
    contestant: control,
    epochNs: '0',
    reader: 'own',
    pollEveryMs: 0,
  }
  await using child = new BenchProcess<GeneratorCalls>('generator.ts', {
    settings,
    signal,
  })
  // The first answer waits until the process is there.
  const epoch = BigInt(await child.ask('hrtime', undefined))
  const measured = []
  for (let n = 0; n < exchanges; n++) {
    const t0 = Number(process.hrtime.bigint() - epoch)
    const t1 = Number(BigInt(await child.ask('hrtime', undefined)) - epoch)
    const t2 = Number(process.hrtime.bigint() - epoch)
    measured.push({ t0, t1, t2 })
  }
  const [least, most] = offsetBounds(measured).map((ns) => ns / 1_000)
  if (least === undefined || most === undefined || least > 0 || most < 0)
    throw new Error(
      `The clocks of two processes here differ by ${least} to ${most} us: latency from one to the other cannot be measured on this machine.`,
    )
  return [least, most]
}
