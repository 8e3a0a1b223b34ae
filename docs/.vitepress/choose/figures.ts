// The measured figures that stand behind reasons: which cell of the results.

import { findCell, type Reference } from '../../../bench/references.ts'
import { medianOf } from '../../../bench/report/words.ts'

const figures = {
  latency: {
    scenario: 'push-latency',
    variant: '',
    metric: 'p50Us',
    text: 'push latency',
  },
  echo: {
    scenario: 'echo',
    variant: '',
    metric: 'closedP50Us',
    text: 'there and back',
  },
  often: {
    scenario: 'wire',
    variant: '100 messages/s',
    metric: 'bytesDown',
    text: 'each message, to the client',
  },
  seldom: {
    scenario: 'wire',
    variant: '2 messages/s',
    metric: 'bytesDown',
    text: 'each message, to the client',
  },
  idle: {
    scenario: 'wire',
    variant: 'idle minute',
    metric: 'bytesDown',
    text: 'an idle minute, to the client',
  },
} as const

export type FigureId = keyof typeof figures

/** A figure as text, such as `push latency 0.296 ms`. */
export type FigureTexts = Readonly<Partial<Record<FigureId, string>>>

/** What is known of one transport; a cell that was not measured is left out. */
export function figureTexts(
  references: readonly Reference[],
  contestant: string,
): FigureTexts {
  const found = Object.entries(figures).flatMap(([id, figure]) => {
    const { scenario, variant, metric, text } = figure
    const cell = findCell(references, scenario, variant, contestant)
    const summary = cell?.cell.figures[metric]
    const unit = cell?.result.scenarios
      .find((one) => one.id === scenario)
      ?.metrics.find((one) => one.id === metric)?.unit
    if (summary === undefined || unit === undefined) return []
    return [[id, `${text} ${medianOf(unit, summary)}`]]
  })
  return Object.fromEntries(found)
}
