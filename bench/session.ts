// One call of the benchmark: all its runs, and the result file they become.

import { randomInt } from 'node:crypto'
import { mkdir, rename, writeFile } from 'node:fs/promises'

import type { Entrant } from './contestant.ts'
import { readEnvironment } from './machine/environment.ts'
import { measureClock } from './machine/measure-clock.ts'
import { type Plan, planRuns } from './plan.ts'
import type { Environment, Result, Run, ScenarioFacts } from './result.ts'
import { runOne } from './run-one.ts'
import type { NamedScenario } from './scenario.ts'
import type { Settings } from './settings.ts'
import { summarize } from './summarize.ts'

export interface SessionOptions {
  readonly scenarios: readonly NamedScenario[]
  readonly contestants: readonly Entrant[]
  readonly settings: Settings
  readonly seed: number
  /** As it was called. */
  readonly command: string
  /** What an A/A run has found of this machine. */
  readonly noisePercent?: Readonly<Record<string, number>>
  readonly signal: AbortSignal
  /** Told before and after each run. */
  readonly onRun?: (progress: Progress) => void
}

export interface Progress {
  readonly planned: Plan['runs'][number]
  /** Of how many. */
  readonly total: number
  /** Absent while it runs. */
  readonly run?: Run
  /** What the rest will take, by what the runs so far took; NaN before the first. */
  readonly leftMs: number
}

/**
 * Runs everything. When `signal` aborts, the result has what was measured until
 * then, and is not `complete`.
 *
 * @throws Error when the clocks of two processes differ: no latency from one to
 *   the other could be believed
 */
export async function runSession({
  scenarios,
  contestants,
  settings,
  seed,
  command,
  noisePercent,
  signal,
  onRun = () => {},
}: SessionOptions): Promise<Result> {
  const startedAt = new Date()
  const known = await readEnvironment()
  const clockOffsetUs = await measureClock(signal)
  const environment: Environment = {
    ...known,
    clockOffsetUs,
    noisePercent,
  }
  const plan = planRuns(scenarios, contestants, settings, seed)
  const runs = await runAll(plan, settings, signal, onRun)

  const seen = new Set(runs.map(({ scenario }) => scenario))
  const facts = scenarios
    .filter(({ id }) => seen.has(id))
    .map((one) => factsOf(one, settings))
  const who = plan.contestants.map(
    ({ id, title, transport, implementation, kind, lesson }) => ({
      id,
      title,
      transport,
      implementation,
      kind,
      ...(lesson !== undefined && { lesson }),
    }),
  )
  const input = { runs, scenarios: facts, contestants: who, seed, noisePercent }
  return {
    schema: 'http-push-workbook/bench/1',
    id: `${stamp(startedAt)}-${randomInt(36 ** 4)
      .toString(36)
      .padStart(4, '0')}`,
    startedAt: startedAt.toISOString(),
    finishedAt: new Date().toISOString(),
    complete: runs.length === plan.runs.length,
    command,
    seed,
    effort: settings.effort,
    environment,
    scenarios: facts,
    contestants: who,
    runs,
    ...summarize(input),
    absent: plan.absent.filter(({ scenario }) => seen.has(scenario)),
  }
}

function factsOf(scenario: NamedScenario, settings: Settings): ScenarioFacts {
  const { id, title, question, model, metrics, shows, hides } = scenario
  const views = scenario.views?.(settings)
  return {
    id,
    title,
    question,
    model,
    metrics,
    variants: scenario.variants(settings).map(({ name }) => name),
    ...(views && { views }),
    shows,
    hides,
  }
}

async function runAll(
  plan: Plan,
  settings: Settings,
  signal: AbortSignal,
  onRun: (progress: Progress) => void,
): Promise<Run[]> {
  const runs: Run[] = []
  const total = plan.runs.length
  const startMs = performance.now()
  for (const planned of plan.runs) {
    if (signal.aborted) break
    const left = () =>
      ((performance.now() - startMs) / runs.length) * (total - runs.length)
    onRun({ planned, total, leftMs: left() })
    try {
      const run = await runOne(planned, settings, signal)
      runs.push(run)
      onRun({ planned, total, run, leftMs: left() })
    } catch (error) {
      if (!signal.aborted) throw error
    }
  }
  return runs
}

/** `2026-11-22T21-40-05`: sorts by time, and every file system takes it. */
function stamp(date: Date): string {
  return date.toISOString().slice(0, 19).replaceAll(':', '-')
}

/** Writes in one step: whoever reads meanwhile sees all of a file or none. */
export async function writeWhole(file: URL, text: string): Promise<void> {
  await mkdir(new URL('.', file), { recursive: true })
  const draft = new URL(`${file.href}.${process.pid}.part`)
  await writeFile(draft, text)
  await rename(draft, file)
}
