// Labels on several lines.

import { expect, test } from 'vitest'

import { wrap } from './wrap.ts'

test.each([
  ['RTT 20 ms', 40, ['RTT 20 ms']],
  ['RTT 20 ms', 6, ['RTT 20', 'ms']],
  ['of packets', 4, ['of', 'packets']],
])('%s, at most %d wide', (label, width, lines) => {
  expect(wrap(label, width)).toEqual(lines)
})
