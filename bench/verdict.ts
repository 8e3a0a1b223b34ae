// Whether a run's figures may be believed, and if not, why. Every figure comes
// with a verdict: none of the load tools we read says that it was itself the
// bottleneck.

import { decodeHistogram } from './load/histogram.ts'
import type { Counts, MachineUse, Run, Usage, Verdict } from './result.ts'

/** What a run knows about itself. */
export interface Evidence {
  readonly server?: Usage
  readonly generator?: Usage
  readonly machine?: MachineUse
  readonly warmUp?: { readonly windows: number; readonly settled: boolean }
  readonly counts?: Counts
  /** How late the schedule was kept, and the latencies by it: HDR histograms of ns. */
  readonly lateness?: string
  readonly latency?: string
  /** Seconds that the schedule was to take, and took. */
  readonly scheduleS?: { readonly planned: number; readonly took: number }
  /** Losses are the figure, not a fault of the run. */
  readonly lossIsMeasured?: boolean
  /** Asked for all that the server can do: it has to be the bottleneck. */
  readonly saturated?: boolean
}

type Judgement = Pick<Run, 'verdict' | 'reasons' | 'limit'>

/** From this share of a CPU on, a process has no time left. */
const busy = 0.9
/** CPUs that others may use while a figure still counts. */
const mostForeign = 0.15
const mostStolen = 0.05
/** Of the median latency that may be the pacer's own lateness. */
const mostLate = 0.1

export function judge(evidence: Evidence): Judgement {
  const found: [Verdict, string][] = [
    ...findInvalid(evidence),
    ...findLoss(evidence),
    ...findGeneratorBound(evidence),
    ...findNoise(evidence),
  ]
  const worst = found[0]?.[0] ?? 'ok'
  return {
    verdict: worst,
    reasons: found.map(([, reason]) => reason),
    limit: limitOf(evidence),
  }
}

function* findInvalid({
  counts,
  server,
  scheduleS,
}: Evidence): Generator<[Verdict, string]> {
  if (counts !== undefined && counts.received === 0)
    yield ['invalid', 'Not one message arrived.']
  if (scheduleS === undefined || !missed(scheduleS)) return
  if (server !== undefined && load(server) >= busy)
    yield [
      'invalid',
      `The server is overloaded at this rate: the schedule of ${scheduleS.planned.toFixed(1)} s took ${scheduleS.took.toFixed(1)} s. Latency grows for as long as that lasts.`,
    ]
}

function* findLoss({
  counts,
  lossIsMeasured,
}: Evidence): Generator<[Verdict, string]> {
  if (counts === undefined || lossIsMeasured) return
  const { lost, duplicated, reordered, expected } = counts
  if (lost > 0) yield ['lossy', `${lost} of ${expected} messages never came.`]
  if (duplicated > 0) yield ['lossy', `${duplicated} messages came twice.`]
  if (reordered > 0)
    yield ['lossy', `${reordered} messages came after a later one.`]
}

function* findGeneratorBound({
  server,
  generator,
  lateness,
  latency,
  scheduleS,
}: Evidence): Generator<[Verdict, string]> {
  if (generator !== undefined && server !== undefined) {
    const [ours, theirs] = [load(generator), load(server)]
    if (isOurs(ours, theirs))
      yield [
        'generator-bound',
        `The process of the subscribers was ${percent(ours)} busy, the server's ${percent(theirs)}.`,
      ]
  }
  if (
    scheduleS !== undefined &&
    missed(scheduleS) &&
    (server === undefined || load(server) < busy)
  )
    yield [
      'generator-bound',
      `The schedule of ${scheduleS.planned.toFixed(1)} s took ${scheduleS.took.toFixed(1)} s, and the server was not busy.`,
    ]
  if (lateness === undefined || latency === undefined) return
  const late = median(lateness)
  const all = median(latency)
  if (late > mostLate * all && late > 20_000)
    yield [
      'generator-bound',
      `The pacer itself was ${(late / 1_000).toFixed(0)} us late at the median of ${(all / 1_000).toFixed(0)} us.`,
    ]
}

function* findNoise({
  machine,
  warmUp,
}: Evidence): Generator<[Verdict, string]> {
  if (machine !== undefined && machine.foreignCpus > mostForeign)
    yield [
      'noisy',
      `Other programs used ${machine.foreignCpus.toFixed(2)} CPUs.`,
    ]
  if (machine?.stolenCpus !== undefined && machine.stolenCpus > mostStolen)
    yield ['noisy', `The host took ${machine.stolenCpus.toFixed(2)} CPUs away.`]
  if (warmUp?.settled === false)
    yield [
      'noisy',
      `Latency had not settled after ${warmUp.windows} windows of warm-up.`,
    ]
}

/** Who had no time left: of both, the one with less of it. */
function limitOf({
  server,
  generator,
  saturated,
}: Evidence): Run['limit'] | undefined {
  const [ours, theirs] = [generator, server].map((usage) =>
    usage ? load(usage) : 0,
  ) as [number, number]
  if (isOurs(ours, theirs)) return 'generator'
  if (theirs >= busy) return 'server'
  return saturated ? 'transport' : undefined
}

/** Where both have hardly any time left, it is ours unless the server has less. */
function isOurs(ours: number, theirs: number): boolean {
  return ours >= busy && ours > theirs - 0.05
}

/** A process has one thread for its work: whichever of the two is higher tells. */
function load({ cpuMs, wallMs, utilization }: Usage): number {
  return Math.max(Math.min(cpuMs / wallMs, 1), utilization)
}

function missed({ planned, took }: { planned: number; took: number }): boolean {
  // A schedule starts within some milliseconds: short ones may seem late.
  return took > planned * 1.01 + 0.05
}

function median(text: string): number {
  const histogram = decodeHistogram(text)
  const value = histogram.getValueAtPercentile(50)
  histogram.destroy()
  return value
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}
