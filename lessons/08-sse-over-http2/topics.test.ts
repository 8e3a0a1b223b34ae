import { describe, expect, test } from 'vitest'

import { topicOf, wantedBy } from './topics.ts'

test.each([
  ['prices: 17.40', 'prices'],
  ['prices: ', 'prices'],
  ['prices:17', undefined],
  ['Prices: 17', undefined],
  [' prices: 17', undefined],
  ['{"cpuPercent": 1}', undefined],
  ['a\nprices: 17', undefined],
  ['', undefined],
])('the topic of %j is %j', (data, topic) => {
  expect(topicOf(data)).toBe(topic)
})

describe('a request wants', () => {
  test.each([
    ['/messages', 'anything', true],
    ['/messages?after=test-1', 'prices: 1', true],
    ['/messages?topics=prices', 'prices: 1', true],
    ['/messages?topics=news,prices', 'prices: 1', true],
    ['/messages?topics=news%2Cprices', 'prices: 1', true],
    ['/messages?topics=news', 'prices: 1', false],
    ['/messages?topics=news', 'anything', false],
  ])('%s: %j is %j', (url, data, wanted) => {
    expect(wantedBy(url)({ id: 'test-1', data })).toBe(wanted)
  })

  test.each(['', ',', 'a,', 'a b', 'A', '%F0%9F%91%8D'])(
    'no topics like %j',
    (topics) => {
      expect(() => wantedBy(`/messages?topics=${topics}`)).toThrow(
        /^topics must be words/,
      )
    },
  )
})
