import { expect, test } from 'vitest'

import { parseETag } from './etag.ts'

test.each([
  ['"k3f9x2-42"', 'k3f9x2-42'],
  ['W/"k3f9x2-42"', 'k3f9x2-42'],
  ['""', ''],
])('%s holds the cursor %j', (etag, cursor) => {
  expect(parseETag(etag)).toBe(cursor)
})

test.each([
  undefined,
  null,
  '',
  '*',
  'k3f9x2-42',
  '"k3f9x2-42',
  'w/"k3f9x2-42"',
  '"k3f9x2-41", "k3f9x2-42"',
  ' "k3f9x2-42"',
  '"k3f9x2-42"\n',
])('%j is not one entity tag', (etag) => {
  expect(parseETag(etag)).toBeUndefined()
})
