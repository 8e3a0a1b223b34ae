// What the cost calculator asks for, with bounds and what it says beyond them.

import type { Load } from './costs.ts'

export interface Input {
  readonly id: keyof Load
  readonly label: string
  readonly unit: string
  readonly least: number
  readonly most: number
  /** Counts of things. */
  readonly isWhole?: boolean
}

export const inputs: readonly Input[] = [
  {
    id: 'everyS',
    label: 'A message every',
    unit: 'seconds',
    least: 0.01,
    most: 86_400,
  },
  {
    id: 'bytes',
    label: 'Data of a message',
    unit: 'bytes',
    least: 1,
    most: 1_000_000,
    isWhole: true,
  },
  {
    id: 'subscribers',
    label: 'Subscribers, who all get it',
    unit: 'clients',
    least: 1,
    most: 1_000_000,
    isWhole: true,
  },
  {
    id: 'withinS',
    label: 'It may be late by at most',
    unit: 'seconds',
    least: 0.1,
    most: 86_400,
  },
  {
    id: 'rttMs',
    label: 'Round trip of the network',
    unit: 'ms',
    least: 0,
    most: 2_000,
  },
]

/** An example to begin with: a dashboard of some hundred people. */
export const example: Load = {
  everyS: 20,
  bytes: 200,
  subscribers: 1_000,
  withinS: 10,
  rttMs: 50,
}

/**
 * The number that somebody wrote.
 *
 * @throws RangeError with a sentence for that somebody
 */
export function readInput(input: Input, text: string): number {
  const { label, unit, least, most, isWhole } = input
  const value = text.trim() === '' ? Number.NaN : Number(text)
  const isRight = value >= least && value <= most
  if (isRight && (!isWhole || Number.isInteger(value))) return value
  const kind = isWhole ? 'a whole number' : 'a number'
  const got = text.trim() === '' ? 'nothing' : `"${text}"`
  throw new RangeError(
    `${label}: ${kind} from ${least.toLocaleString('en')} to ${most.toLocaleString('en')} ${unit} is needed, not ${got}.`,
  )
}
