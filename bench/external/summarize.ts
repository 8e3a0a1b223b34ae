// From runs to rows: statistics over rounds, and ratios within a round, where
// both tools met the same machine.

import type {
  ExternalFigures,
  ExternalRow,
  ExternalRun,
  Spread,
} from './external-result.ts'
import { yardstick } from './tool.ts'

/** A row for each tool and endpoint of which at least one round counts. */
export function summarize(runs: readonly ExternalRun[]): ExternalRow[] {
  const cells = new Map<string, ExternalRun[]>()
  for (const run of runs) {
    const key = `${run.endpoint}/${run.tool}`
    cells.set(key, [...(cells.get(key) ?? []), run])
  }
  const rows = [...cells.values()].map((cell) => rowOf(cell, runs))
  return rows.filter((row) => row !== undefined).sort(byEndpointAndSpeed)
}

function rowOf(
  cell: readonly ExternalRun[],
  all: readonly ExternalRun[],
): ExternalRow | undefined {
  const [first] = cell
  const good = cell.flatMap((run) => (run.figures ? [run.figures] : []))
  if (first === undefined || good.length === 0) return undefined
  const { endpoint, tool } = first
  const spreadOfAll = (pick: (figures: ExternalFigures) => number) =>
    spread(good.map(pick))
  const limits: Partial<Record<ExternalFigures['limit'], number>> = {}
  for (const { limit } of good) limits[limit] = (limits[limit] ?? 0) + 1
  const ratios = cell.flatMap((run) => ratioIn(run, all))
  const failures = cell.flatMap(({ failure }) => failure ?? [])
  return {
    endpoint,
    tool,
    rounds: good.length,
    requestsPerS: spreadOfAll(({ requestsPerS }) => requestsPerS),
    ratioToAutocannon: ratios.length === 0 ? undefined : spread(ratios),
    toolCpu: spreadOfAll(({ toolCpu }) => toolCpu),
    serverCpu: spreadOfAll(({ serverCpu }) => serverCpu),
    serverUtilization: spreadOfAll((figures) => figures.serverUtilization),
    limits,
    failures: [...new Set(failures)],
  }
}

/** The ratio to autocannon in the same round, if both count. */
function ratioIn(run: ExternalRun, all: readonly ExternalRun[]): number[] {
  const other = all.find(
    ({ tool, round, endpoint }) =>
      tool === yardstick && round === run.round && endpoint === run.endpoint,
  )
  if (!run.figures || !other?.figures) return []
  return [run.figures.requestsPerS / other.figures.requestsPerS]
}

export function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (index: number) => sorted[Math.floor(index)] ?? Number.NaN
  const last = sorted.length - 1
  // Of an even number, the middle two count half each.
  const median = (at(last / 2) + at((last + 1) / 2)) / 2
  return { median, min: at(0), max: at(last) }
}

function byEndpointAndSpeed(a: ExternalRow, b: ExternalRow): number {
  return (
    a.endpoint.localeCompare(b.endpoint) ||
    b.requestsPerS.median - a.requestsPerS.median
  )
}
