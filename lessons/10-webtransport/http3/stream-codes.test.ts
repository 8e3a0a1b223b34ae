import { expect, test } from 'vitest'

import { fromHttp3Code, toHttp3Code } from './stream-codes.ts'

test.each([
  [0, 0x52e4a40fa8db],
  [0x1d, 0x52e4a40fa8f8],
  [0x1e, 0x52e4a40fa8fa],
  [0xffffffff, 0x52e5ac983162],
])('the code %d of an application is %d in HTTP/3', (code, inHttp3) => {
  expect(toHttp3Code(code)).toBe(inHttp3)
  expect(fromHttp3Code(inHttp3)).toBe(code)
})

test.each([0x100, 0x52e4a40fa8da, 0x52e4a40fa8f9, 0x52e5ac983163])(
  '%d of HTTP/3 is no code of an application',
  (code) => expect(fromHttp3Code(code)).toBeUndefined(),
)
