// A question that is put to every contestant. Each file in `scenarios/` exports
// one; adding a question is adding a file.

import type { Entrant } from './contestant.ts'
import type { LinkOptions } from './link/link-options.ts'
import type {
  Counts,
  Load,
  LoadModel,
  Metric,
  ScenarioFacts,
  View,
} from './result.ts'
import type { Rig, RigOptions } from './rig.ts'
import type { Settings } from './settings.ts'
import type { Evidence } from './verdict.ts'

export type Scenario = FeedScenario | OwnScenario

interface Question extends Omit<ScenarioFacts, 'id' | 'variants' | 'views'> {
  /** The knob's positions. */
  variants(settings: Settings): readonly Variant[]
  /** Which of them stand in a chart together, where they are too many for one. */
  views?(settings: Settings): readonly View[]
  /** Why this contestant has no answer, as a sentence; undefined when it has one. */
  cannot?(contestant: Entrant): string | undefined
  /** Whether it leads all over the link, whatever was asked for. */
  readonly isLinked?: boolean
  /** Whether a contestant is left out at one position only. */
  skips?(contestant: Entrant, variant: Variant, settings: Settings): boolean
  /** Fewer rounds, for what comes out the same each time. */
  readonly mostRounds?: number
  /** Still fewer in the tour, which is short. */
  readonly tourRounds?: number
}

/** Put to all who carry a feed. */
export interface FeedScenario extends Question {
  /** How the processes of a run are set up, where it differs. */
  rig?(variant: Variant, settings: Settings): Partial<RigOptions>
  /** One run. Fails by throwing: the run is then `invalid`. */
  measure(rig: Rig, variant: Variant, settings: Settings): Promise<Measurement>
}

/** Put to others: it brings them, and the processes that measure them. */
export interface OwnScenario extends Question {
  readonly contestants: readonly Entrant[]
  /** One run. Fails by throwing: the run is then `invalid`. */
  run(task: Task): Promise<Measurement>
}

/** What one run is to find out. */
export interface Task {
  /** Of the contestant. */
  readonly id: string
  readonly variant: Variant
  readonly link: LinkOptions | undefined
  readonly signal: AbortSignal
}

export interface Variant {
  /** As people read it, such as `100 subscribers`; empty for a scenario without a knob. */
  readonly name: string
  readonly subscribers?: number
  readonly link?: LinkOptions
  /** How many servers carry one feed. */
  readonly nodes?: number
  /** How long a server thinks about a page. */
  readonly thinkMs?: number
}

/** What one run has found. */
export interface Measurement {
  /** By the id of the metric; those taken from a histogram are added by the runner. */
  readonly figures: Readonly<Record<string, number | undefined>>
  readonly histograms?: Readonly<Record<string, string>>
  readonly counts?: Counts
  readonly load: Pick<Load, 'subscribers' | 'bytes'> & Partial<Load>
  /** What the verdict is based on. */
  readonly evidence: Evidence
}

export type NamedScenario = Scenario & { readonly id: string }

/** A latency: lower is better. `value` is its percentile, 0 to 100. */
export function percentile(
  id: string,
  title: string,
  histogram: string,
  value: number,
): Metric {
  const from = { histogram, percentile: value }
  return { id, title, unit: 'us', better: 'lower', from }
}

/** A knob without positions. */
export const single: readonly Variant[] = [{ name: '' }]

export type { LoadModel, Metric }
