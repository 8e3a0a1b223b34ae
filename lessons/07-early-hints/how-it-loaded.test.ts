import { expect, test } from 'vitest'

import { describeLoad } from './how-it-loaded.ts'

const hinted = {
  firstInterimResponseStart: 20.6,
  finalResponseHeadersStart: 576.2,
}
const style = (initiatorType: string, transferSize: number) => ({
  initiatorType,
  transferSize,
})

test.each([
  [
    hinted,
    style('early-hints', 0),
    'A 103 came after 21 ms, the final answer after 576 ms. The style sheet was asked for because of the hint (initiatorType: early-hints).',
  ],
  [
    hinted,
    style('link', 4_050),
    'A 103 came after 21 ms, the final answer after 576 ms. The style sheet was asked for when the page was here (initiatorType: link).',
  ],
  [
    hinted,
    style('link', 0),
    'A 103 came after 21 ms, the final answer after 576 ms. The style sheet was in the cache already (initiatorType: link).',
  ],
  [
    { firstInterimResponseStart: 0 },
    style('link', 4_050),
    'No 103 came, or this browser does not tell. The style sheet was asked for when the page was here (initiatorType: link).',
  ],
  [
    {},
    style('link', 4_050),
    'No 103 came, or this browser does not tell. The style sheet was asked for when the page was here (initiatorType: link).',
  ],
  [
    hinted,
    undefined,
    'This browser keeps no timings of the page and its style sheet.',
  ],
  [
    undefined,
    style('link', 0),
    'This browser keeps no timings of the page and its style sheet.',
  ],
])('%o and %o in words', (page, resource, words) => {
  expect(describeLoad(page, resource)).toBe(words)
})
