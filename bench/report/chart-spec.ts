// What a chart shows, as data: computed once in Node, put into the page as
// JSON, and only drawn there.

import type { Unit } from '../result.ts'
import type { Identity } from './identity.ts'

export type ChartSpec = DotChart | LineChart

export interface Axis {
  readonly title: string
  readonly ticks: readonly Tick[]
  readonly log: boolean
  readonly min: number
  readonly max: number
}

/** A value, and how sure it is. */
export interface Reading {
  readonly value: number
  readonly interval?: readonly [number, number]
  readonly bound?: 'at least' | 'at most'
  /** Its verdict is other than ok. */
  readonly doubtful: boolean
}

/** A dot with its interval for each contestant, one below the other. */
export interface DotChart {
  readonly kind: 'dots'
  readonly unit: Unit
  readonly axis: Axis
  readonly rows: readonly DotRow[]
  readonly floor?: Floor
}

export interface DotRow extends Reading {
  /** Its id. */
  readonly contestant: string
  readonly label: string
  readonly identity: Identity
}

/** Raw TCP, and how much this machine moves a figure on its own. */
export interface Floor {
  readonly value: number
  readonly noise?: readonly [number, number]
}

/** A line for each contestant: over a knob's positions, or over percentiles. */
export interface LineChart {
  readonly kind: 'lines'
  readonly unit: Unit
  readonly x: Axis
  readonly y: Axis
  /** False where the positions on x have no order. */
  readonly joined: boolean
  readonly lines: readonly Line[]
}

export interface Tick {
  readonly at: number
  readonly label: string
}

export interface Line {
  /** Its id. */
  readonly contestant: string
  readonly label: string
  readonly identity: Identity
  readonly points: readonly LinePoint[]
}

export interface LinePoint extends Reading {
  readonly x: number
  /** Points between the ticks shape the curve, and carry no marker. */
  readonly marked: boolean
}
