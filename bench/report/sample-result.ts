// A result such as a real run leaves, made up from a seed: for tests only.

import { build, encodeIntoCompressedBase64 } from 'hdr-histogram-js'
import { randomNumbers } from '../../lessons/requirements/random.ts'

import type {
  Cell,
  ContestantFacts,
  Environment,
  Metric,
  Result,
  Run,
  ScenarioFacts,
  Summary,
  Verdict,
} from '../result.ts'

const rounds = 5

const contestants: readonly ContestantFacts[] = [
  facts('raw-tcp', 'Raw TCP', 'raw TCP', 'node:net', 'control'),
  facts('01-short-polling', 'Short polling', 'Short polling', 'lesson 1'),
  facts('02-long-polling', 'Long polling', 'Long polling', 'lesson 2'),
  facts('03-http-streaming', 'HTTP streaming', 'HTTP streaming', 'lesson 3'),
  facts(
    '04-server-sent-events',
    'Server-Sent Events',
    'Server-Sent Events',
    'lesson 4',
  ),
  facts('05-websocket', 'WebSocket', 'WebSocket', 'lesson 5, ws 8.23.0'),
  facts(
    '06-http2-server-push',
    'HTTP/2 server push',
    'HTTP/2 server push',
    'lesson 6',
  ),
  facts(
    'better-sse',
    'better-sse',
    'Server-Sent Events',
    'better-sse 0.16.1',
    'library',
  ),
]

const scenarios: readonly ScenarioFacts[] = [
  {
    id: 'push-latency',
    title: 'Push latency',
    question: 'How long after a message is due does the client have it?',
    model: 'open',
    metrics: [
      percentile('p50', 'median', 50),
      percentile('p99', '99th percentile', 99),
      {
        id: 'server-cpu',
        title: 'CPU time of the server',
        unit: 'ms/s',
        better: 'lower',
      },
      { id: 'sent', title: 'Messages', unit: 'count', better: 'neither' },
    ],
    shows: 'What one message costs in time when there are few.',
    variants: [''],
    hides: 'Networks: everything ran on one machine.',
  },
  {
    id: 'fan-out',
    title: 'Fan-out',
    question: 'How long until the last of many subscribers has a message?',
    model: 'open',
    metrics: [
      {
        id: 'last',
        title: 'Time to the last delivery',
        unit: 'us',
        better: 'lower',
        from: { histogram: 'last', percentile: 50 },
      },
      {
        id: 'deliveries',
        title: 'Deliveries',
        unit: 'per second',
        better: 'higher',
      },
      {
        id: 'memory',
        title: 'Memory of the server',
        unit: 'KiB',
        better: 'lower',
      },
    ],
    shows: 'How delivery grows with the number of subscribers.',
    variants: variantsOf('fan-out'),
    hides: 'Browsers, which open at most six connections over HTTP/1.1.',
  },
  {
    id: 'wire',
    title: 'Bytes on the wire',
    question: 'How many bytes does a message of 64 bytes become?',
    model: 'closed',
    metrics: [
      {
        id: 'bytes',
        title: 'Bytes for each message',
        unit: 'bytes',
        better: 'lower',
      },
      {
        id: 'packets',
        title: 'Packets for each message',
        unit: 'packets',
        better: 'lower',
      },
    ],
    shows: 'What framing and headers add.',
    variants: variantsOf('wire'),
    hides: 'Compression, which none of them used.',
  },
]

const environment: Environment = {
  os: 'Debian GNU/Linux 12',
  kernel: '6.1.0-28-amd64',
  cpu: 'AMD EPYC 7763',
  cores: 2,
  cpuLimit: 2,
  memoryMiB: 7_951,
  virtualization: 'kvm',
  clockSource: 'kvm-clock',
  node: '20.19.4',
  versions: { v8: '11.3.244.8', openssl: '3.0.16', nghttp2: '1.64.0' },
  packages: { ws: '8.23.0', 'better-sse': '0.16.1' },
  sysctl: { 'net.core.somaxconn': '4096' },
  git: { commit: 'be603e3', dirty: true },
  clockOffsetUs: [-9, 11],
  noisePercent: {
    'push-latency/p50': 6,
    'push-latency/p99': 14,
    'fan-out/last': 9,
    'wire/bytes': 0.1,
  },
}

/** How each contestant does, as a factor of raw TCP. */
const factors: Readonly<Record<string, number>> = {
  'raw-tcp': 1,
  '01-short-polling': 700,
  '02-long-polling': 6.5,
  '03-http-streaming': 3.1,
  '04-server-sent-events': 3.2,
  '05-websocket': 2.1,
  '06-http2-server-push': 9,
  'better-sse': 4.4,
}

/** Where something went wrong: by scenario and contestant. */
const troubles: Readonly<
  Record<string, { verdict: Verdict; reason: string; from?: string }>
> = {
  'push-latency/06-http2-server-push': {
    verdict: 'noisy',
    reason: 'other programs used 0.6 of 2 CPUs',
  },
  'push-latency/02-long-polling': {
    verdict: 'generator-bound',
    reason: 'the client was busy 93 % of the time',
  },
  'fan-out/05-websocket': {
    verdict: 'generator-bound',
    reason: 'the client was busy 97 % of the time',
    from: '1000 subscribers',
  },
  'fan-out/01-short-polling': {
    verdict: 'lossy',
    reason: '12 of 5,000 messages did not arrive',
    from: '1000 subscribers',
  },
  'wire/06-http2-server-push': {
    verdict: 'invalid',
    reason: 'no browser to push to: the counters stayed at 0',
  },
}

export interface SampleOptions {
  readonly seed?: number
  /** Of the histogram of each round. */
  readonly samples?: number
}

/** The same seed makes the same result. */
export function sampleResult({
  seed = 7,
  samples = 4_000,
}: SampleOptions = {}): Result {
  const random = randomNumbers(seed)
  const absent = [
    {
      scenario: 'fan-out',
      contestant: '06-http2-server-push',
      reason: 'it opens one connection for each subscriber & page',
    },
    {
      scenario: 'wire',
      contestant: 'better-sse',
      reason: 'its bytes are those of lesson 4',
    },
  ]
  const runs: Run[] = []
  for (const scenario of scenarios) {
    for (const variant of scenario.variants) {
      for (let round = 1; round <= rounds; round++) {
        for (const { id } of contestants) {
          const isAbsent = absent.some(
            (one) => one.scenario === scenario.id && one.contestant === id,
          )
          if (isAbsent) continue
          const order = runs.length + 1
          runs.push({
            ...runOf(scenario, variant, id, random, samples),
            round,
            order,
          })
        }
      }
    }
  }
  return {
    schema: 'http-push-workbook/bench/1',
    id: '2026-11-22T21-40-05-k3f9',
    startedAt: '2026-11-22T21:40:05.120Z',
    finishedAt: '2026-11-22T22:02:41.007Z',
    complete: true,
    command: 'npm run bench -- run push-latency fan-out wire --seed 7',
    seed,
    effort: 'normal',
    environment,
    scenarios,
    contestants,
    runs,
    cells: cellsOf(runs),
    comparisons: [],
    absent,
  }
}

function runOf(
  { id: scenario, metrics }: ScenarioFacts,
  variant: string,
  contestant: string,
  random: () => number,
  samples: number,
): Omit<Run, 'round' | 'order'> {
  const subscribers = Number.parseInt(variant, 10) || 1
  const trouble = troubles[`${scenario}/${contestant}`]
  const isHit = trouble && (!trouble.from || trouble.from === variant)
  const verdict = isHit ? trouble.verdict : 'ok'
  const factor = factors[contestant] ?? 1
  const typicalUs = 48 * factor * subscribers ** 0.8 * (0.88 + 0.24 * random())
  const histogram = build({ bitBucketSize: 32, autoResize: true })
  for (let sample = 0; sample < samples; sample++) {
    const us = typicalUs * skewed(random)
    histogram.recordValue(Math.round(us * 1_000))
  }
  const values: Record<string, number> = {
    p50: histogram.getValueAtPercentile(50) / 1_000,
    p99: histogram.getValueAtPercentile(99) / 1_000,
    'server-cpu': 4 + Math.sqrt(factor) * (1 + 0.1 * random()),
    sent: samples,
    last: histogram.getValueAtPercentile(50) / 1_000,
    deliveries:
      (19_000 * subscribers ** 0.3) /
      (Math.sqrt(factor) * (0.9 + 0.2 * random())),
    memory: 48_000 + subscribers * 17 * Math.sqrt(factor),
    bytes: Math.round(104 + 30 * Math.sqrt(factor)),
    packets: Math.round(1 + factor ** 0.7),
  }
  return {
    scenario,
    variant,
    contestant,
    verdict,
    reasons: isHit ? [trouble.reason] : [],
    load: {
      subscribers,
      ...(scenario === 'wire' ? {} : { ratePerS: 100 }),
      bytes: 64,
      tls: false,
      pollEveryMs: 100,
      reader: scenario === 'fan-out' ? 'lean' : 'own',
    },
    figures:
      verdict === 'invalid'
        ? {}
        : Object.fromEntries(metrics.map(({ id }) => [id, values[id] ?? 0])),
    histograms: Object.fromEntries(
      metrics.flatMap(({ from }) =>
        from ? [[from.histogram, encodeIntoCompressedBase64(histogram)]] : [],
      ),
    ),
  }
}

/** Simpler than the real statistics, but of the same shape. */
function cellsOf(runs: readonly Run[]): Cell[] {
  const first = runs.filter((run) => run.round === 1)
  return first.map(({ scenario, variant, contestant, verdict, reasons }) => {
    const here = runs.filter(
      (run) => run.scenario === scenario && run.variant === variant,
    )
    const own = here.filter((run) => run.contestant === contestant)
    const floor = here.filter((run) => run.contestant === 'raw-tcp')
    const metrics = Object.keys(own[0]?.figures ?? {})
    return {
      scenario,
      variant,
      contestant,
      verdict,
      verdicts: { [verdict]: own.length },
      reasons,
      limits: {},
      figures: Object.fromEntries(
        metrics.map((metric) => [
          metric,
          {
            ...summaryOf(own, metric),
            letters: lettersOf(contestant),
            ratioToControl:
              summaryOf(own, metric).median / summaryOf(floor, metric).median,
            ...(verdict === 'generator-bound' && { bound: boundOf(metric) }),
          },
        ]),
      ),
    }
  })
}

function boundOf(metric: string): 'at least' | 'at most' {
  return metric === 'deliveries' ? 'at least' : 'at most'
}

function summaryOf(runs: readonly Run[], metric: string): Summary {
  const values = runs.map((run) => run.figures[metric] ?? 0)
  const sorted = values.sort((a, b) => a - b)
  const at = (index: number) => sorted.at(index) ?? 0
  return {
    median: at(Math.floor(sorted.length / 2)),
    ci95: [at(0), at(-1)],
    min: at(0),
    max: at(-1),
    rounds: values.length,
  }
}

/** HTTP streaming and Server-Sent Events cannot be told apart here. */
function lettersOf(contestant: string): string {
  return contestant === '04-server-sent-events'
    ? lettersOf('03-http-streaming')
    : String.fromCharCode(97 + Object.keys(factors).indexOf(contestant))
}

function variantsOf(scenario: string): string[] {
  if (scenario !== 'fan-out') return ['']
  return [1, 10, 100, 1000].map((n) =>
    n === 1 ? '1 subscriber' : `${n} subscribers`,
  )
}

function facts(
  id: string,
  title: string,
  transport: string,
  implementation: string,
  kind: ContestantFacts['kind'] = 'lesson',
): ContestantFacts {
  return { id, title, transport, implementation, kind }
}

function percentile(id: string, title: string, percentile: number): Metric {
  const from = { histogram: 'latency', percentile }
  return { id, title, unit: 'us', better: 'lower', from }
}

/** Most near 1, a few far above: as latencies are. */
function skewed(random: () => number): number {
  const normal = random() + random() + random() + random() - 2
  const tail = random() < 0.004 ? 2 + 10 * random() : 1
  return Math.exp(normal * 0.35) * tail
}
