// What both kinds of charts share: axes, fonts, and the tooltip's words.

import type { Scale, TooltipItem } from 'chart.js'
import type { Unit } from '../../result.ts'
import type { Axis, Reading } from '../chart-spec.ts'
import { formatFigure, formatInterval } from '../format.ts'
import type { Identity } from '../identity.ts'
import type { Theme } from '../theme.ts'

/** What hangs at each point that is drawn. */
export interface Point extends Reading {
  readonly x: number
  readonly y: number
  readonly name: string
  readonly identity: Identity
}

/** How a chart is drawn. */
export interface Drawing {
  readonly theme: Theme
  /** The id of the contestant that the chart is about, where it is about one. */
  readonly about?: string
}

/** An axis with the ticks that were computed with the chart. */
export function axisOptions(axis: Axis, theme: Theme) {
  const labels = new Map(axis.ticks.map(({ at, label }) => [at, label]))
  return {
    type: axis.log ? ('logarithmic' as const) : ('linear' as const),
    min: axis.min,
    max: axis.max,
    title: { display: axis.title !== '', text: axis.title, color: theme.dim },
    grid: { color: theme.line },
    border: { color: theme.line },
    ticks: {
      color: theme.dim,
      maxRotation: 0,
      autoSkipPadding: 12,
      callback: (value: number | string) => labels.get(Number(value)) ?? '',
    },
    afterBuildTicks(scale: Scale) {
      scale.ticks = axis.ticks.map(({ at }) => ({ value: at }))
    },
  }
}

/** Everything but data and axes. */
export function baseOptions(theme: Theme, unit: Unit) {
  return {
    animation: false,
    maintainAspectRatio: false,
    plugins: {
      legend: { display: false },
      tooltip: {
        backgroundColor: theme.ink,
        titleColor: theme.paper,
        bodyColor: theme.paper,
        displayColors: false,
        callbacks: {
          title: () => '',
          label: ({ raw }: TooltipItem<'scatter'>) =>
            describe(raw as Point, unit),
        },
      },
    },
  } as const
}

function describe(point: Point, unit: Unit): string[] {
  const { name, value, interval, bound, doubtful } = point
  const sign = bound === undefined ? '' : bound === 'at least' ? '≥ ' : '≤ '
  return [
    name,
    `${sign}${formatFigure(value, unit)}`,
    ...(interval ? [`95 %: ${formatInterval(interval, unit, value)}`] : []),
    ...(doubtful ? ['verdict other than ok'] : []),
  ]
}

/** A cross says: do not believe this. */
export function markerOf({ doubtful, identity }: Point, paper: string) {
  const { colour, marker, filled } = identity
  const isDown = marker === 'triangleDown'
  return {
    pointStyle: doubtful ? 'crossRot' : isDown ? 'triangle' : marker,
    rotation: isDown ? 180 : 0,
    backgroundColor: filled ? colour : paper,
    borderColor: colour,
  } as const
}
