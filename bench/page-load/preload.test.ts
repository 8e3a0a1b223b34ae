import { expect, test } from 'vitest'

import { pageFiles } from './page.ts'
import { preloadHeader, preloadsIn } from './preload.ts'

test('the header names each file as what it is, and not the page', () => {
  expect(preloadHeader(pageFiles())).toBe(
    '</style.css>; rel=preload; as=style, </script.js>; rel=preload; as=script, </font.woff2>; rel=preload; as=font; crossorigin',
  )
})

const headers: [header: string, paths: string[]][] = [
  ['', []],
  ['</a>; rel=preload', ['/a']],
  ['</a>; rel=preload; as=style, </b>;as=font;rel="preload"', ['/a', '/b']],
  ['</a,b>; rel=preload', ['/a,b']],
  ['</a>; rel=preconnect, </b>; rel=preload', ['/b']],
  ['</a>; rel=preloaded', []],
  ['</a>', []],
  ['nonsense; rel=preload', []],
]

test.for(headers)('%j names %j', ([header, paths]) => {
  expect(preloadsIn(header)).toEqual(paths)
})
