// The race's engine, with lanes and servers that the test speaks for.

import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import {
  manifestSchema,
  paceLeaseMs,
} from '../../../scripts/control/manifest.ts'
import { type Lane, type LaneOptions, openLane } from './lane.ts'
import { LiveRace } from './live-race.ts'
import type { FromLane } from './messages.ts'
import { type Runner, runnerOf } from './runner.ts'
import { Servers } from './servers.ts'

vi.mock('./lane.ts', () => ({ openLane: vi.fn() }))

const lessons = [3, 4].map((number) => ({
  number,
  folder: `0${number}-lane`,
  title: `Transport ${number}`,
  secure: false,
  url: `http://127.0.0.1:800${number}/`,
  raceUrl: `http://127.0.0.1:810${number}/`,
}))

let lanes: { hear: (event: FromLane) => void; lane: Lane }[]
let runners: Runner[]
let race: LiveRace
let asked: string[]
let answer: () => Promise<void>
const acts: string[] = []
const problems: string[] = []

class FakeServers extends Servers {
  override cut = (url: string) => this.#ask(`cut ${url}`)
  override setPace = (pace: object) => this.#ask(`pace ${JSON.stringify(pace)}`)
  override publish = (data: string) => this.#ask(`publish ${data}`)

  async #ask(what: string): Promise<void> {
    asked.push(what)
    await answer()
  }
}

beforeEach(() => {
  vi.useFakeTimers()
  lanes = []
  asked = []
  answer = async () => {}
  acts.length = problems.length = 0
  vi.mocked(openLane).mockImplementation(({ on }: LaneOptions) => {
    const lane = {
      pause: vi.fn(),
      resume: vi.fn(),
      publish: vi.fn(),
      close: vi.fn(),
    }
    lanes.push({ hear: on, lane })
    return lane
  })
  const machine = { os: 'an OS', cpu: 'a CPU', cores: 2, node: 'v20.19.0' }
  const manifest = { schema: manifestSchema, machine, lessons } as const
  runners = lessons.map(runnerOf)
  race = new LiveRace(
    new FakeServers(manifest, new URL('http://127.0.0.1:8000/')),
    runners,
    { ratePerS: 4, bytes: 64 },
    {
      act: (sentence) => acts.push(sentence),
      problem: (sentence) => problems.push(sentence),
    },
  )
})

afterEach(() => {
  race.stop()
  vi.useRealTimers()
})

function message(
  lane: number,
  n: number,
  more: object = {},
  feed = 'k3f9',
): void {
  const data = JSON.stringify({ n, sentAtMs: 1_000, ...more })
  const event = { say: 'message', id: `${feed}-${n}`, data, atMs: 1_002.5 }
  lanes[lane]?.hear(event as FromLane)
}

function state(lane: number, is: 'open' | 'connecting'): void {
  lanes[lane]?.hear({ say: 'state', state: { is } })
}

it('opens a lane for each lesson, at the server that races', () => {
  const opened = vi.mocked(openLane).mock.calls.slice(-2)
  expect(opened.map(([{ url }]) => url)).toEqual(
    lessons.map(({ raceUrl }) => raceUrl),
  )
})

it('renews the pace well before it lapses, and no longer once it stopped', () => {
  vi.advanceTimersByTime(paceLeaseMs)
  expect(asked.length).toBeGreaterThanOrEqual(3)
  expect(new Set(asked)).toEqual(new Set(['pace {"ratePerS":4,"bytes":64}']))
  race.stop()
  const before = asked.length
  vi.advanceTimersByTime(2 * paceLeaseMs)
  expect(asked).toHaveLength(before)
  for (const { lane } of lanes) expect(lane.close).toHaveBeenCalled()
})

it('matches a message with its publication, by the one clock', () => {
  message(0, 1)
  expect(runners[0]?.arrivals).toEqual([{ n: 1, lateMs: 2.5 }])
})

it.each(['hello', '"hello"', 'null', '{"n":1}'])(
  'passes over %s, which somebody published past the control server',
  (data) => {
    lanes[0]?.hear({ say: 'message', id: 'k3f9-1', data, atMs: 0 })
    expect(runners[0]?.received).toBe(0)
  },
)

it('tells when all that broke are open again', () => {
  for (const lane of [0, 1]) state(lane, 'open')
  expect(acts).toEqual([])
  for (const lane of [0, 1]) state(lane, 'connecting')
  state(0, 'open')
  expect(acts).toEqual([])
  state(1, 'open')
  expect(acts).toEqual(['Every connection is open again.'])
  state(1, 'connecting')
  state(1, 'open')
  expect(acts.at(-1)).toBe('Transport 4 is open again.')
})

it('shows what a gap has lost', () => {
  message(0, 1)
  const gap = { after: 'k3f9-1', resumedAt: 'k3f9-8', lost: 7 }
  lanes[0]?.hear({ say: 'gap', gap })
  message(0, 9)
  expect(runners[0]).toMatchObject({ received: 2, lost: 7 })
})

it('says in a sentence what could not be done, until it can be again', async () => {
  answer = async () => {
    throw new Error('Nothing answers.')
  }
  await race.cut('04-lane')
  expect(asked.at(-1)).toBe('cut http://127.0.0.1:8104/')
  expect(problems.at(-1)).toBe('Nothing answers.')
  answer = async () => {}
  await vi.advanceTimersByTimeAsync(paceLeaseMs)
  expect(problems.at(-1)).toBe('')
})

it('writes down what is done, and to which lane', async () => {
  race.pause('03-lane', true)
  expect(lanes[0]?.lane.pause).toHaveBeenCalled()
  await race.publish('hello')
  message(1, 1, { text: 'hello' })
  const { acts, texts } = race.recording('Chromium 1')
  expect(acts).toMatchObject([
    { what: 'Transport 3: the reader stops reading.', lane: '03-lane' },
    { what: 'Somebody publishes “hello”.' },
  ])
  expect(texts).toEqual([[1, 'hello']])
})
