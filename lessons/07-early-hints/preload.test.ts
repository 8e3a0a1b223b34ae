import { expect, test } from 'vitest'

import { decodePreloads, encodePreload } from './preload.ts'

test('a preload is written as a link', () => {
  const preload = { path: '/messages/test-1', as: 'fetch' }
  const header = '</messages/test-1>; rel=preload; as=fetch'
  expect(encodePreload(preload)).toBe(header)
  expect(decodePreloads(header)).toEqual([preload])
})

test.each<[string, string]>([
  ['</a>; rel=preload; as=style', '/a style'],
  ['</a>;rel=preload;as=style', '/a style'],
  ['</a>\t ;  REL = "preload" ;AS="style"', '/a style'],
  ['</a>; as=style; rel="next PRELOAD"', '/a style'],
  ['</a>; rel=preload', '/a '],
  ['</a>; crossorigin; rel=preload; as=font', '/a font'],
  ['</a>; title="; rel=preload, </x>"; rel=preload; as=font', '/a font'],
  ['</a,b;c>; rel=preload; as=style', '/a,b;c style'],
  ['</a>; rel=preload; rel=next; as=style', '/a style'],
  [
    '</a>; rel=preload; as=style, </b>; rel=preload; as=image',
    '/a style,/b image',
  ],
  [
    '<https://cdn.example>; rel=preconnect, </b>; rel=preload; as=image',
    '/b image',
  ],
  ['</a>; rel=next; rel=preload; as=style', ''],
  ['</a>; rel=modulepreload', ''],
  ['</a>', ''],
  ['</a; rel=preload', ''],
  ['preload', ''],
  ['', ''],
])('the preloads of %s', (header, expected) => {
  const found = decodePreloads(header).map(({ path, as }) => `${path} ${as}`)
  expect(found.join()).toBe(expected)
})

test('no header has no preloads', () => {
  expect(decodePreloads(undefined)).toEqual([])
})

test.each(['<', '</a>;', '</a>; a', '</a>; a="', ' ;', ';='])(
  'a header full of "%s" is read in no time',
  (part) => {
    // More than Node takes.
    const header = part.repeat(65_536 / part.length)
    expect(decodePreloads(header)).toEqual([])
    expect(decodePreloads(`${header}</a>; rel=preload`).length).toBeLessThan(2)
  },
)
