import { expect, test } from 'vitest'

import type { ExternalRun, Limit } from './external-result.ts'
import { limitOf } from './run-once.ts'
import { spread, summarize } from './summarize.ts'

function run(tool: string, round: number, requestsPerS: number): ExternalRun {
  const figures = {
    requests: requestsPerS,
    requestsPerS,
    toolCpu: 0.5,
    serverCpu: 1,
    serverUtilization: 1,
    limit: 'server' as Limit,
  }
  return { endpoint: 'empty poll', tool, round, order: round, figures }
}

test('the ratio is of the same round', () => {
  const rows = summarize([
    run('ours', 1, 200),
    run('autocannon', 1, 100),
    run('autocannon', 2, 1_000),
    run('ours', 2, 1_500),
    run('ours', 3, 40),
    run('autocannon', 3, 10),
  ])
  expect(rows).toMatchObject([
    {
      tool: 'ours',
      rounds: 3,
      requestsPerS: { median: 200, min: 40, max: 1_500 },
      ratioToAutocannon: { median: 2, min: 1.5, max: 4 },
      limits: { server: 3 },
    },
    { tool: 'autocannon', requestsPerS: { median: 100, min: 10, max: 1_000 } },
  ])
})

test('a run that failed is told of, and counts for nothing', () => {
  const failure = 'It made no request.'
  const failed = { ...run('wrk', 1, 0), figures: undefined, failure }
  const rows = summarize([failed, run('wrk', 2, 100), run('autocannon', 1, 50)])
  const wrk = rows.find(({ tool }) => tool === 'wrk')
  expect(wrk).toMatchObject({ rounds: 1, failures: [failure] })
  expect(wrk?.ratioToAutocannon).toBeUndefined()
  expect(summarize([failed])).toEqual([])
})

test.each([
  [[3, 1, 2], { median: 2, min: 1, max: 3 }],
  [[4, 1], { median: 2.5, min: 1, max: 4 }],
  [[7], { median: 7, min: 7, max: 7 }],
])('the spread of %j', (values, expected) => {
  expect(spread(values)).toEqual(expected)
})

test.each([
  [0.5, 0.95, 'server'],
  [0.95, 0.5, 'generator'],
  [0.95, 1, 'both'],
  [0.9, 0.9, 'neither'],
])(
  '%d of a core in the tool and %d in the server: %s',
  (tool, server, limit) => {
    expect(limitOf(tool, server)).toBe(limit)
  },
)
