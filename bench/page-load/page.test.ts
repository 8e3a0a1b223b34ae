import { expect, test } from 'vitest'

import { pageFiles, sizes } from './page.ts'
import { referencesInCss, referencesInHtml } from './references.ts'

const text = (path: string) =>
  pageFiles()
    .find((file) => file.path === path)
    ?.body.toString() ?? ''

test('every file has its size', () => {
  const all = pageFiles().map(({ path, body }) => [path, body.length])
  expect(Object.fromEntries(all)).toEqual(sizes)
})

test('a seed repeats the bytes, and another one does not', () => {
  expect(pageFiles(1)).toEqual(pageFiles(1))
  expect(pageFiles(2)[3]?.body).not.toEqual(pageFiles(1)[3]?.body)
})

test('the page names its style sheet and script, and only the style sheet the font', () => {
  expect(referencesInHtml(text('/'))).toEqual({
    styles: ['/style.css'],
    scripts: ['/script.js'],
  })
  expect(referencesInCss(text('/style.css'))).toEqual(['/font.woff2'])
  expect(text('/')).not.toContain('font.woff2')
})
