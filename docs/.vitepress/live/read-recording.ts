// Whether a file is a recorded race: what is not must not get onto the site.

import {
  type RecordedLane,
  type Recording,
  recordingSchema,
} from './recording.ts'

/** @throws TypeError that says which part must be what */
export function readRecording(value: unknown): Recording {
  const file = objectAt('A recording', value)
  if (file.schema !== recordingSchema)
    fail('Its schema', `"${recordingSchema}"`, file.schema)
  const { os, cpu, cores, node } = objectAt('Its machine', file.machine)
  for (const [name, is] of Object.entries({ os, cpu, node }))
    textAt(`${name} of its machine`, is)
  numberAt('cores of its machine', cores)
  textAt('Its browser', file.browser)
  if (Number.isNaN(Date.parse(textAt('recordedAt', file.recordedAt))))
    fail(
      'recordedAt',
      'a date such as 2026-11-25T19:57:42.688Z',
      file.recordedAt,
    )
  numberAt('durationMs', file.durationMs)
  for (const act of listAt('acts', file.acts)) {
    const { atMs, what } = objectAt('An act', act)
    numberAt('atMs of an act', atMs)
    textAt('what of an act', what)
  }
  const firstN = numberAt('firstN', file.firstN)
  const sentMs = listAt('sentMs', file.sentMs)
  for (const atMs of sentMs) numberAt('A time in sentMs', atMs)
  for (const pair of listAt('texts', file.texts ?? []))
    textAt('A text', listAt('One of texts', pair)[1])
  for (const lane of listAt('lanes', file.lanes))
    checkLane(lane, firstN, firstN + sentMs.length - 1)
  return value as Recording
}

const states = [
  'connecting',
  'open',
  'waiting',
  'ended',
] as const satisfies readonly RecordedLane['states'][number][1][]

function checkLane(value: unknown, firstN: number, lastN: number): void {
  const lane = objectAt('A lane', value)
  const folder = textAt('folder of a lane', lane.folder)
  textAt(`title of ${folder}`, lane.title)
  for (const pair of listAt(`arrivals of ${folder}`, lane.arrivals)) {
    const [n, lateMs] = listAt(`An arrival of ${folder}`, pair)
    const number = numberAt(`The number of a message of ${folder}`, n)
    if (number < firstN || number > lastN)
      fail(`A message of ${folder}`, `of ${firstN} to ${lastN}`, n)
    if (numberAt(`The lateness in ${folder}`, lateMs) < 0)
      fail(`The lateness in ${folder}`, '0 or more', lateMs)
  }
  for (const pair of listAt(`states of ${folder}`, lane.states)) {
    const [atMs, is] = listAt(`A state of ${folder}`, pair)
    numberAt(`The time of a state of ${folder}`, atMs)
    if (!states.some((state) => state === is))
      fail(`A state of ${folder}`, `one of ${states.join(', ')}`, is)
  }
}

function objectAt(what: string, value: unknown): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>
  return fail(what, 'an object', value)
}

function listAt(what: string, value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : fail(what, 'a list', value)
}

function numberAt(what: string, value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value)
    ? value
    : fail(what, 'a number', value)
}

function textAt(what: string, value: unknown): string {
  return typeof value === 'string' && value !== ''
    ? value
    : fail(what, 'a text that is not empty', value)
}

function fail(what: string, expected: string, got: unknown): never {
  throw new TypeError(
    `${what} must be ${expected}, got ${JSON.stringify(got) ?? 'nothing'}.`,
  )
}
