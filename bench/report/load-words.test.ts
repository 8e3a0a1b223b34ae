import { expect, test } from 'vitest'

import type { Run } from '../result.ts'
import { describeLoad } from './load-words.ts'
import { sampleResult } from './sample-result.ts'

const [run] = sampleResult({ samples: 1 }).runs
if (run === undefined) throw new Error('The sample has runs.')

function loaded(load: Partial<Run['load']>): Run {
  return { ...(run as Run), load: { ...(run as Run).load, ...load } }
}

test('what was asked of all is told once', () => {
  expect(describeLoad([loaded({}), loaded({})])).toBe(
    '1 subscriber · 100 messages a second · 64 bytes each · no TLS · polling clients ask every 100 ms · read by each lesson’s client',
  )
})

test('what differs is not told', () => {
  const told = describeLoad([loaded({ bytes: 64 }), loaded({ bytes: 65 })])
  expect(told).not.toContain('bytes each')
})

test('of a page its files are told, and nothing of messages', () => {
  const files = { '/': 10_000, '/style.css': 20_000 }
  const pages = [0, 100].map((thinkMs) =>
    loaded({ tls: true, page: { thinkMs, files } }),
  )
  expect(describeLoad(pages)).toBe(
    'one visitor of / with 10,000 bytes and /style.css with 20,000 bytes · TLS',
  )
})
