// What a topic of lesson 13 has recorded, as a chart: it is no scenario of the
// benchmark, which asks every transport the same.

import { readdirSync, readFileSync } from 'node:fs'

import { axisFor } from '../../../bench/report/axis.ts'
import type { LineChart } from '../../../bench/report/chart-spec.ts'
import { identifyTransports } from '../../../bench/report/identity.ts'
import type { Recorded } from '../../../lessons/13-in-production/topic.ts'
import { root } from '../root.ts'

const folder = new URL('lessons/13-in-production/', root)

export interface RecordedChart {
  /** Such as `recorded.reconnect-storms`. */
  readonly id: string
  readonly file: URL
  readonly recorded: Recorded
  readonly spec: LineChart
}

/** All of them, by the names of their topics. */
export function recordedCharts(): RecordedChart[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('/recorded.json'))
    .sort()
    .map((path) => {
      const file = new URL(path, folder)
      const recorded: Recorded = JSON.parse(readFileSync(file, 'utf8'))
      const id = `recorded.${path.slice(0, path.lastIndexOf('/'))}`
      return { id, file, recorded, spec: specOf(recorded) }
    })
}

/** No transports are in these charts: their looks are free, and are told apart by everybody. */
const looks = [
  ...identifyTransports([
    'Server-Sent Events',
    'WebSocket',
    'HTTP streaming',
    'Web Push',
    'WebTransport',
    'Short polling',
  ]).values(),
]

function specOf({ x, y, lines }: Recorded): LineChart {
  const points = lines.flatMap((line) => line.points)
  const axis = (title: string, values: readonly number[]) => ({
    // Never logarithmic: they count from nothing.
    ...axisFor(values, 'count', Infinity),
    title,
  })
  return {
    kind: 'lines',
    unit: 'count',
    x: axis(
      x,
      points.map(([at]) => at),
    ),
    y: axis(
      y,
      points.map(([, value]) => value),
    ),
    joined: true,
    lines: lines.map((line, index) => {
      const identity = looks[index]
      if (identity === undefined)
        throw new RangeError(`A chart has room for ${looks.length} lines.`)
      return {
        contestant: line.label,
        label: line.label,
        identity,
        points: line.points.map(([at, value], n) => ({
          x: at,
          value,
          doubtful: false,
          // As many as one can tell apart.
          marked: n % Math.ceil(line.points.length / 20) === 0,
        })),
      }
    }),
  }
}
