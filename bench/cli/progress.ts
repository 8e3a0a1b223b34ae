// What is told while it runs: one line that changes on a terminal, else one
// JSON object for each run.

import type { WriteStream } from 'node:tty'

import pc from 'picocolors'

import { formatFigure, formatNumber } from '../report/format.ts'
import type { Run, ScenarioFacts } from '../result.ts'
import type { Progress } from '../session.ts'

export interface Teller {
  onRun(progress: Progress): void
  /** Leaves the terminal as it was. */
  end(): void
}

export function progressOf(out: WriteStream): Teller {
  return out.isTTY ? changingLine(out) : jsonLines(out)
}

function jsonLines(out: WriteStream): Teller {
  return {
    onRun({ run }) {
      if (run === undefined) return
      // The histograms are in the result file.
      const { histograms: _, server: __, generator: ___, ...told } = run
      out.write(`${JSON.stringify(told)}\n`)
    },
    end() {},
  }
}

function changingLine(out: WriteStream): Teller {
  let last = ''
  return {
    onRun({ planned, total, run, leftMs }) {
      const { scenario, variant, contestant, round, order } = planned
      if (run !== undefined) last = describe(scenario, run)
      const parts = [
        `${order}/${total}`,
        [scenario.title, variant.name].filter(Boolean).join(', '),
        `round ${round}`,
        contestant.title,
        last,
        Number.isFinite(leftMs) ? `${Math.ceil(leftMs / 1_000)} s left` : '',
      ]
      const line = parts.filter(Boolean).join(' · ')
      out.write(`\r\x1b[2K${line.slice(0, (out.columns ?? 80) - 1)}`)
    },
    end() {
      if (out.isTTY) out.write('\r\x1b[2K')
    },
  }
}

/** The first figure of a run, and whether to believe it. */
export function describe(
  { metrics }: Pick<ScenarioFacts, 'metrics'>,
  { figures, load, verdict }: Pick<Run, 'figures' | 'load' | 'verdict'>,
): string {
  const [metric] = metrics
  const value = metric && figures[metric.id]
  const figure =
    metric && value !== undefined
      ? formatFigure(value, metric.unit)
      : 'no figure'
  const rate = load.ratePerS ? ` at ${formatNumber(load.ratePerS)}/s` : ''
  return `${figure}${rate} ${verdict === 'ok' ? pc.green(verdict) : pc.yellow(verdict)}`
}
