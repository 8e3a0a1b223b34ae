import { expect, test, vi } from 'vitest'

import { encodeOnce } from './encode-once.ts'

test('a message is encoded once for all who get it', () => {
  const encode = vi.fn(({ data }: { data: string }) => `<${data}>`)
  const encodeForAll = encodeOnce(encode)
  const a = { id: 'test-1', data: 'a' }
  const b = { id: 'test-2', data: 'b' }
  const got = [a, a, a, b, b, a].map(encodeForAll)
  expect(got).toEqual(['<a>', '<a>', '<a>', '<b>', '<b>', '<a>'])
  expect(encode).toHaveBeenCalledTimes(3)
})
