// A race as a file, and playing it.

import { readFile } from 'node:fs/promises'

import { describe, expect, it } from 'vitest'

import { transportFolders } from '../../../lessons/index.ts'
import { readRecording } from './read-recording.ts'
import { Recorder } from './recorder.ts'
import {
  type Clock,
  type Moment,
  momentsOf,
  play,
  type Recording,
  recordingSchema,
} from './recording.ts'
import { finalRunners } from './replay.ts'

const machine = { os: 'an OS', cpu: 'a CPU', cores: 2, node: 'v20.19.0' }
const entrants = ['03-a', '04-b'].map((folder, index) => ({
  number: index + 3,
  folder,
  title: folder,
  secure: false,
}))

function recorded(): Recording {
  const recorder = new Recorder(entrants)
  const now = performance.timeOrigin + performance.now()
  recorder.state('03-a', 'open')
  const at = (n: number, ms: number) => ({ n, sentAtMs: now + ms })
  recorder.arrival('03-a', 'feed1', at(7, 10), 1.23456)
  recorder.arrival('04-b', 'feed1', at(7, 10), 500)
  recorder.arrival('04-b', 'feed1', { ...at(9, 30), text: 'hello' }, 2)
  recorder.act('All connections are cut.')
  return recorder.finish(machine, 'Chromium 1')
}

describe('a recorder', () => {
  it('keeps what each lane received, by the number of the message', () => {
    const recording = recorded()
    expect(recording).toMatchObject({
      schema: recordingSchema,
      machine,
      browser: 'Chromium 1',
      firstN: 7,
      acts: [{ what: 'All connections are cut.' }],
    })
    expect(recording.lanes.map(({ arrivals }) => arrivals)).toEqual([
      [[7, 1.23]],
      [
        [7, 500],
        [9, 2],
      ],
    ])
    expect(recording.sentMs).toHaveLength(3)
  })

  it('goes on counting when the servers were started anew', () => {
    const recorder = new Recorder(entrants)
    for (const [feed, n] of [
      ['feed1', 1],
      ['feed1', 2],
      ['feed2', 1],
      ['feed2', 2],
    ] as const)
      recorder.arrival('03-a', feed, { n, sentAtMs: 0 }, 1)
    // One that read the end of the old feed late.
    recorder.arrival('04-b', 'feed1', { n: 2, sentAtMs: 0 }, 9)
    const { lanes, sentMs } = recorder.finish(machine, 'a browser')
    expect(lanes[0]?.arrivals.map(([n]) => n)).toEqual([1, 2, 3, 4])
    expect(lanes[1]?.arrivals.map(([n]) => n)).toEqual([2])
    expect(sentMs).toHaveLength(4)
  })

  it('says where it stops, when a race goes on for too long', () => {
    const recorder = new Recorder(entrants)
    for (let n = 1; n <= 20_100; n++)
      recorder.arrival('03-a', 'feed1', { n, sentAtMs: 0 }, 1)
    const { lanes, acts } = recorder.finish(machine, 'a browser')
    expect(lanes[0]?.arrivals).toHaveLength(20_000)
    expect(acts.map(({ what }) => what)).toEqual([
      '20000 arrivals are kept, and none after them.',
    ])
  })

  it('has nothing to tell of a race without messages', () => {
    const recording = new Recorder(entrants).finish(machine, 'a browser')
    expect(recording.sentMs).toEqual([])
    expect(momentsOf(recording)).toEqual([])
  })
})

/** Time that passes only when somebody waits for it. */
function fakeClock(): Clock & { slept: number[] } {
  let nowMs = 0
  const slept: number[] = []
  return {
    slept,
    now: () => nowMs,
    async sleep(ms) {
      slept.push(ms)
      nowMs += ms
    },
  }
}

describe('playing', () => {
  it('keeps the order in a lane, whatever rounding did to the times', () => {
    const recording = recorded()
    const [lane] = recording.lanes
    if (lane === undefined) throw new Error('There is a lane.')
    const batch: Recording = {
      ...recording,
      sentMs: [0, 10],
      // Both came with one answer at 100.
      lanes: [
        {
          ...lane,
          states: [],
          arrivals: [
            [7, 100.01],
            [8, 90],
          ],
        },
      ],
    }
    const order = momentsOf(batch).flatMap((one) => ('n' in one ? [one.n] : []))
    expect(order).toEqual([7, 8])
  })

  it('shows each moment at its time, in order', async () => {
    const moments = momentsOf(recorded())
    const clock = fakeClock()
    const shown: [number, Moment][] = []
    const { signal } = new AbortController()
    await play(moments, (one) => shown.push([clock.now(), one]), signal, clock)
    expect(shown.map(([, moment]) => moment)).toEqual(moments)
    for (const [atMs, moment] of shown)
      expect(atMs).toBeCloseTo(Math.max(moment.atMs, 0))
    // What comes behind a late message on its connection is as late.
    expect(shown.at(-2)?.[1]).toMatchObject({ lane: '04-b', n: 7 })
    expect(shown.at(-1)?.[1]).toMatchObject({
      lane: '04-b',
      n: 9,
      text: 'hello',
    })
  })

  it('ends when it is told to', async () => {
    const ending = new AbortController()
    const shown: Moment[] = []
    const show = (moment: Moment) => {
      shown.push(moment)
      ending.abort()
    }
    await play(momentsOf(recorded()), show, ending.signal, fakeClock())
    expect(shown).toHaveLength(1)
  })
})

describe('the recording that the published site plays', async () => {
  const file = new URL('recorded-race.json', import.meta.url)
  const recording = readRecording(JSON.parse(await readFile(file, 'utf8')))

  it('has a lane for every transport', async () => {
    const folders = recording.lanes.map(({ folder }) => folder)
    expect(folders).toEqual(await transportFolders())
  })

  it('was cut, and lost nothing', () => {
    expect(recording.acts.map(({ what }) => what)).toContain(
      'All connections are cut.',
    )
    for (const runner of finalRunners(recording)) {
      expect(runner, runner.title).toMatchObject({ lost: 0, doubled: 0 })
      expect(runner.received, runner.title).toBeGreaterThan(50)
    }
  })

  it('says on which machine and when', () => {
    expect(recording.schema).toBe(recordingSchema)
    expect(recording.machine.cpu).not.toBe('')
    expect(Date.parse(recording.recordedAt)).toBeLessThan(Date.now())
    expect(recording.browser).toMatch(/\w+ \d+/)
  })
})
