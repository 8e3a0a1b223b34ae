// What a benchmark leaves behind: one file for each call, complete enough to
// compute every summary again. `schema/result.v1.json` says the same to others.

/** One file of results. */
export interface Result {
  readonly schema: 'http-push-workbook/bench/1'
  /** Such as `2026-11-22T21-40-05-k3f9`. */
  readonly id: string
  /** ISO 8601, UTC. */
  readonly startedAt: string
  readonly finishedAt: string
  /** False when it was ended before its last run. */
  readonly complete: boolean
  /** The command line, without the path of this machine. */
  readonly command: string
  /** Orders rounds and resamples: the same seed gives the same order. */
  readonly seed: number
  readonly effort: Effort
  readonly environment: Environment
  readonly scenarios: readonly ScenarioFacts[]
  readonly contestants: readonly ContestantFacts[]
  readonly runs: readonly Run[]
  readonly cells: readonly Cell[]
  readonly comparisons: readonly Comparison[]
  /** Cells that stay empty, each with the reason. */
  readonly absent: readonly Absent[]
}

export type Effort = 'quick' | 'normal' | 'publish'

/** What is asked, and in which figures the answer comes. */
export interface ScenarioFacts {
  readonly id: string
  readonly title: string
  /** The question, as a sentence. */
  readonly question: string
  /** Who decides when the next message is due. */
  readonly model: LoadModel
  readonly metrics: readonly Metric[]
  /** The knob's positions, in its order; one empty text where there is no knob. */
  readonly variants: readonly string[]
  /** Which positions stand in a chart together; absent: all of them, in one for each metric. */
  readonly views?: readonly View[]
  /** What a chart of it shows, as a sentence. */
  readonly shows: string
  /** And what it does not. */
  readonly hides: string
}

/** A chart of a scenario with more positions than one can show. */
export interface View {
  /** Its id. */
  readonly metric: string
  readonly variants: readonly string[]
  /** Absent: all who were asked. */
  readonly of?: Contestants
}

/** Some of the contestants, by a name that they share, such as `Chromium`. */
export interface Contestants {
  readonly name: string
  readonly ids: readonly string[]
}

/**
 * `open`: a schedule that waits for nobody. `closed`: the next one is due when
 * the last has arrived. `saturate`: as much as is taken. `idle`: nothing.
 * `visit`: no messages, but a page.
 */
export type LoadModel = 'open' | 'closed' | 'saturate' | 'idle' | 'visit'

export interface Metric {
  readonly id: string
  readonly title: string
  readonly unit: Unit
  readonly better: 'lower' | 'higher' | 'neither'
  /** The figure is this percentile of that histogram of the run. */
  readonly from?: { readonly histogram: string; readonly percentile: number }
}

/** Times are kept in ns in histograms, in us in figures. `ms/s`: of CPU time, for each second. */
export type Unit =
  | 'us'
  | 'ms/s'
  | 'KiB'
  | 'bytes'
  | 'packets'
  | 'messages'
  | 'per second'
  | 'count'

export interface ContestantFacts {
  /** A lesson's folder, the name of a file in `contestants/`, or of a way. */
  readonly id: string
  readonly title: string
  /** The technique: implementations of one transport share it. */
  readonly transport: string
  /** Whose code carries it, such as `better-sse 0.16.1`. */
  readonly implementation: string
  /** `control`: the floor below which no transport gets. `way`: how a page is delivered. */
  readonly kind: 'lesson' | 'control' | 'naive' | 'library' | 'way'
  /** The folder of the lesson that teaches it, where it is not the lesson itself. */
  readonly lesson?: string
}

export type Verdict =
  | 'ok'
  /** Something else used the machine, or it never settled. */
  | 'noisy'
  /** Our own load, not the server, set the figure. */
  | 'generator-bound'
  /** Messages that had to arrive did not, or came twice. */
  | 'lossy'
  /** No figure at all. */
  | 'invalid'

/** Who had no time left. `transport`: nobody, it was its own waiting. */
export type Limit = 'server' | 'generator' | 'transport'

/** One measurement in processes of its own. */
export interface Run {
  readonly scenario: string
  /** The knob's position, such as `100 subscribers`; empty where there is no knob. */
  readonly variant: string
  readonly contestant: string
  /** From 1. */
  readonly round: number
  /** Its place among all runs, from 1: the order is shuffled in each round. */
  readonly order: number
  readonly verdict: Verdict
  readonly reasons: readonly string[]
  /** What kept the figure from being better. */
  readonly limit?: Limit
  readonly load: Load
  readonly warmUp?: { readonly windows: number; readonly settled: boolean }
  readonly counts?: Counts
  readonly figures: Readonly<Record<string, number>>
  /** HDR histograms of ns, V2, compressed, base64: any HdrHistogram reads them. */
  readonly histograms: Readonly<Record<string, string>>
  readonly server?: Usage
  readonly generator?: Usage
  readonly machine?: MachineUse
}

/** What was asked of the contestant. */
export interface Load {
  readonly subscribers: number
  /** Messages a second, where a schedule sets it. */
  readonly ratePerS?: number
  /** Of the data of a message. */
  readonly bytes: number
  readonly tls: boolean
  /** How often polling clients ask. */
  readonly pollEveryMs: number
  /** Whose code reads: the lesson's own client, or a lean one that only looks for marks. */
  readonly reader: 'own' | 'lean'
  readonly link?: LinkFacts
  /** Where a page was asked for, and not messages. */
  readonly page?: PageFacts
}

export interface PageFacts {
  /** How long the server thinks before it answers. */
  readonly thinkMs: number
  /** Bytes of content, by path. */
  readonly files: Readonly<Record<string, number>>
}

export interface LinkFacts {
  readonly rttMs: number
  /** Of payload, each way; absent: no limit. */
  readonly kbitPerS?: number
  /** 0 to 100. */
  readonly lossPercent: number
  /** How it was done, and so what it cannot show. */
  readonly by: 'user-space proxy' | 'user-space proxy and nft'
}

/** Every message accounted for. */
export interface Counts {
  /** Due by the schedule. */
  readonly offered: number
  /** Handed to the server's feed. */
  readonly sent: number
  /** Sent, times those who subscribe. */
  readonly expected: number
  readonly received: number
  readonly lost: number
  readonly duplicated: number
  readonly reordered: number
}

/** What one process used while it was measured. */
export interface Usage {
  /** CPU time, user and system. */
  readonly cpuMs: number
  readonly wallMs: number
  /** The share of time in which its event loop was busy: 0 to 1. */
  readonly utilization: number
  readonly residentKiB: number
  /** Of JavaScript, with its buffers outside the heap. */
  readonly heapKiB: number
  readonly gcMs: number
  /** How late its event loop was, the 99th percentile. */
  readonly loopDelayP99Ms: number
}

export interface MachineUse {
  /** CPUs that other programs kept busy. */
  readonly foreignCpus: number
  /** CPUs that the host took away; absent where the system does not tell. */
  readonly stolenCpus?: number
}

/** One contestant's answer to one question, over all rounds. */
export interface Cell {
  readonly scenario: string
  readonly variant: string
  readonly contestant: string
  /** `ok` when most rounds are; else the one that most others have. */
  readonly verdict: Verdict
  readonly verdicts: Readonly<Partial<Record<Verdict, number>>>
  readonly reasons: readonly string[]
  /** In how many rounds which part had no time left. */
  readonly limits: Readonly<Partial<Record<Limit, number>>>
  readonly figures: Readonly<Record<string, Summary>>
}

/** Statistics over rounds, never over requests. */
export interface Summary {
  readonly median: number
  /** 95 % bootstrap interval of the median; absent below 3 rounds. */
  readonly ci95?: readonly [number, number]
  readonly min: number
  readonly max: number
  /** Rounds that count. */
  readonly rounds: number
  /** Not a figure but a bound: the true one is at least, or at most, this. */
  readonly bound?: 'at least' | 'at most'
  /** Contestants that share a letter cannot be told apart. */
  readonly letters?: string
  /** To raw TCP in the same rounds. */
  readonly ratioToControl?: number
}

/** Two contestants in the same rounds, on one metric. */
export interface Comparison {
  readonly scenario: string
  readonly variant: string
  readonly metric: string
  readonly a: string
  readonly b: string
  readonly rounds: number
  /** Hodges-Lehmann estimate of b - a, in per cent of a. */
  readonly shiftPercent: number
  /** Wilcoxon signed-rank, two-sided. */
  readonly p: number
  /** Corrected by Holm for all pairs of this metric. */
  readonly pHolm: number
  readonly differs: boolean
}

export interface Absent {
  readonly scenario: string
  readonly contestant: string
  readonly reason: string
}

export interface Environment {
  readonly os: string
  readonly kernel: string
  readonly cpu: string
  readonly cores: number
  /** CPUs that the control group grants, where it sets a limit. */
  readonly cpuLimit?: number
  readonly memoryMiB: number
  readonly memoryLimitMiB?: number
  readonly virtualization?: string
  readonly clockSource?: string
  readonly node: string
  readonly versions: Readonly<Record<string, string>>
  readonly packages: Readonly<Record<string, string>>
  readonly sysctl: Readonly<Record<string, string>>
  readonly git?: { readonly commit: string; readonly dirty: boolean }
  /** In which the clocks of two processes can differ: it must hold 0. */
  readonly clockOffsetUs: readonly [number, number]
  /** Differences between a contestant and itself, in per cent, by `scenario/metric`: what this machine does on its own. */
  readonly noisePercent?: Readonly<Record<string, number>>
}
