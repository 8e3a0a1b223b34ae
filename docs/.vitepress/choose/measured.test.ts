// What the calculator takes from results: made ones, whose answers a hand knows,
// and the committed ones.

import { describe, expect, it } from 'vitest'

import { loadLessons } from '../../../lessons/index.ts'
import { references } from '../references.ts'
import { type MadeCell, madeReference } from './made.ts'
import { measuredOf } from './measured.ts'

const lessons = await loadLessons()
const ofDelivery = (is: string) => {
  const found = lessons.find((one) => one.capabilities.delivery.is === is)
  if (found === undefined) throw new Error(`No lesson is of delivery ${is}.`)
  return { ...found, folder: '01-made' }
}

const common: MadeCell[] = [
  { scenario: 'memory', figures: { residentKiB: 20 } },
  {
    scenario: 'idle-cost',
    load: { subscribers: 100 },
    figures: { cpuMsPerS: 2 },
  },
]

const polled: MadeCell[] = [
  ...common,
  // 60 polls of 100 bytes, and their answers of 200.
  {
    scenario: 'wire',
    variant: 'idle minute',
    figures: { bytesUp: 6_000, bytesDown: 12_000 },
  },
  // Five polls a message: four are empty, one has 250 and 30 around 64 bytes.
  {
    scenario: 'wire',
    variant: '2 messages/s',
    figures: { bytesUp: 500, bytesDown: 4 * 200 + 250 + 30 + 64 },
  },
  // Ten messages a poll.
  {
    scenario: 'wire',
    variant: '100 messages/s',
    figures: { bytesUp: 10, bytesDown: 25 + 30 + 64 },
  },
  {
    scenario: 'throughput',
    variant: 'saturated',
    figures: { serverUsPerDelivery: 3 },
  },
]

const fanOut = { serverUsPerDelivery: 20, medianP50Us: 500, lastP50Us: 900 }

const streamed: MadeCell[] = [
  ...common,
  {
    scenario: 'wire',
    variant: 'idle minute',
    figures: { bytesUp: 15, bytesDown: 30 },
  },
  {
    scenario: 'wire',
    variant: '2 messages/s',
    load: { ratePerS: 2 },
    figures: { bytesUp: 0, bytesDown: 92 },
  },
  {
    scenario: 'wire',
    variant: '100 messages/s',
    load: { ratePerS: 100 },
    figures: { bytesUp: 0, bytesDown: 90 },
  },
  {
    scenario: 'fan-out',
    variant: '1 subscriber',
    load: { subscribers: 1 },
    figures: fanOut,
  },
  {
    scenario: 'fan-out',
    variant: '10 subscribers',
    load: { subscribers: 10 },
    figures: { ...fanOut, lastP50Us: 1_900 },
  },
]

describe('from a made result', () => {
  it('a poll is taken apart into its answer and what is around messages', () => {
    const measured = measuredOf(
      [madeReference('01-made', polled)],
      ofDelivery('poll'),
    )
    expect(measured).toMatchObject({
      delivery: 'poll',
      residentKiB: 20,
      askBytes: 100,
      emptyBytes: 200,
      messageUs: 3,
      // 2 ms of CPU time a second for the polls of 100 clients, one a second each.
      beatUs: 20,
    })
    if (measured?.delivery !== 'poll') throw new Error('It is a poll.')
    expect(measured.fullBytes).toBeCloseTo(250)
    expect(measured.aroundBytes).toBeCloseTo(30)
  })

  it('a stream has its points by rate and by subscribers', () => {
    const measured = measuredOf(
      [madeReference('01-made', streamed)],
      ofDelivery('stream'),
    )
    expect(measured).toMatchObject({
      delivery: 'stream',
      around: [
        { at: 2, value: 28 },
        { at: 100, value: 26 },
      ],
      fanOut: [
        { at: 1, value: 20 },
        { at: 10, value: 200 },
      ],
      lastMs: [
        { at: 1, value: 0.9 },
        { at: 10, value: 1.9 },
      ],
      idleDownPerS: 0.5,
      idleUpPerS: 0.25,
      // 2 ms a second for 100 hearts that beat every 2 s while this is measured.
      beatUs: 40,
    })
  })

  it.each(polled.map((cell) => ({ name: cell.scenario, cell })))(
    'nothing is said without $name',
    ({ cell }) => {
      const without = polled.filter((one) => one !== cell)
      const all = [madeReference('01-made', without)]
      expect(measuredOf(all, ofDelivery('poll'))).toBeUndefined()
    },
  )
})

describe('from the committed results', () => {
  const measured = lessons.flatMap((one) => measuredOf(references(), one) ?? [])

  it.each(measured)('every figure of $title is a quantity', (one) => {
    const numbers = JSON.stringify(one).match(/(?<=:)-?[\d.e+-]+|null/g) ?? []
    expect(numbers.length).toBeGreaterThan(5)
    for (const number of numbers)
      expect(Number.parseFloat(number), number).toBeGreaterThanOrEqual(0)
  })

  it('there are polls and streams to compare', () => {
    const deliveries = measured.map(({ delivery }) => delivery)
    expect(deliveries).toContain('poll')
    expect(deliveries).toContain('stream')
  })
})
