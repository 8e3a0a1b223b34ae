// One run: fresh processes, a measurement, its figures and its verdict.

import { carriesFeed } from './contestant.ts'
import { decodeHistogram, supports } from './load/histogram.ts'
import { waitForQuiet } from './machine/quiet.ts'
import type { PlannedRun } from './plan.ts'
import type { LinkFacts, Run } from './result.ts'
import { Rig, type RigOptions } from './rig.ts'
import type { Measurement, NamedScenario } from './scenario.ts'
import type { Settings } from './settings.ts'
import { judge } from './verdict.ts'

/**
 * @throws the signal's reason when it aborts; every other failure is a run with
 *   the verdict `invalid`
 */
export async function runOne(
  { scenario, variant, contestant, round, order }: PlannedRun,
  settings: Settings,
  signal: AbortSignal,
): Promise<Run> {
  const { pollEveryMs, link, effort } = settings
  const tls = settings.tls || contestant.lacks?.plain !== undefined
  if (effort !== 'quick') await waitForQuiet({ signal })
  const asked: Partial<RigOptions> =
    'rig' in scenario
      ? { link, ...scenario.rig?.(variant, settings) }
      : { link: variant.link ?? link }
  // Or every run would lose the same segments.
  const seeded = asked.link && { ...asked.link, seed: order }
  const base = {
    scenario: scenario.id,
    variant: variant.name,
    contestant: contestant.id,
    round,
    order,
  }
  const common = {
    tls,
    pollEveryMs,
    link: linkFacts(seeded),
    reader: asked.reader ?? 'own',
  }
  try {
    const measured = await measure()
    const { load, histograms = {}, counts, evidence } = measured
    return {
      ...base,
      ...judge(evidence),
      load: { ...common, ...load },
      warmUp: evidence.warmUp,
      counts,
      figures: figuresOf(scenario, measured),
      histograms,
      server: evidence.server,
      generator: evidence.generator,
      machine: evidence.machine,
    }
  } catch (error) {
    signal.throwIfAborted()
    return {
      ...base,
      verdict: 'invalid',
      reasons: [firstLine(error)],
      load: {
        subscribers: 0,
        bytes: settings.bytes,
        ...common,
      },
      figures: {},
      histograms: {},
    }
  }

  async function measure(): Promise<Measurement> {
    if ('run' in scenario) {
      const id = contestant.sameAs ?? contestant.id
      return scenario.run({ id, variant, link: seeded, signal })
    }
    if (!carriesFeed(contestant))
      throw new Error(`${contestant.title} carries no feed.`)
    const options = { contestant, tls, pollEveryMs, signal }
    await using rig = await Rig.start({ ...options, ...asked, link: seeded })
    const measured = await scenario.measure(rig, variant, settings)
    const { reader } = rig
    return { ...measured, load: { ...measured.load, reader } }
  }
}

/** Those that were measured, and those that are percentiles of a histogram. */
export function figuresOf(
  { metrics }: Pick<NamedScenario, 'metrics'>,
  { figures, histograms = {} }: Pick<Measurement, 'figures' | 'histograms'>,
): Record<string, number> {
  const all: Record<string, number> = {}
  for (const { id, from } of metrics) {
    const value = from
      ? percentileUs(histograms[from.histogram], from)
      : figures[id]
    if (value !== undefined && Number.isFinite(value)) all[id] = value
  }
  return all
}

/** In us; undefined when there are too few values for it. */
function percentileUs(
  text: string | undefined,
  { percentile }: { percentile: number },
): number | undefined {
  if (text === undefined) return undefined
  const histogram = decodeHistogram(text)
  const { totalCount } = histogram
  // A median of a few is still a median.
  const enough =
    percentile <= 50 ? totalCount > 0 : supports(totalCount, percentile)
  const us = enough
    ? histogram.getValueAtPercentile(percentile) / 1_000
    : undefined
  histogram.destroy()
  return us
}

function linkFacts(link: Settings['link']): LinkFacts | undefined {
  return (
    link && {
      rttMs: link.rttMs,
      kbitPerS: link.kbitPerS,
      lossPercent: link.lossPercent,
      by: link.by === 'nft' ? 'user-space proxy and nft' : 'user-space proxy',
    }
  )
}

function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return message.split('\n', 1)[0]?.replace(/^Error: /, '') ?? 'It failed.'
}
