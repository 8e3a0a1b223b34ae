import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

import { afterAll, beforeAll, expect, test } from 'vitest'

import { pageAssets } from './page-assets.ts'

let root: string
let assets: ReturnType<typeof pageAssets>

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'page assets ü '))
  for (const folder of ['lesson', 'page']) await mkdir(join(root, folder))
  const files = {
    'lesson/page.html': '<p>page</p>',
    'lesson/browser.ts': `import { greet } from './greet.ts'
      export const subscribe = (name: string): string => greet(name)`,
    'lesson/greet.ts':
      "export const greet = (name: string): string => 'hello ' + name",
    'page/page.ts': 'export const answer: number = 42',
    'page/style.css': 'p { color: green }',
  }
  for (const [path, content] of Object.entries(files))
    await writeFile(join(root, path), content)
  assets = pageAssets(pathToFileURL(join(root, 'lesson/server.ts')).href)
})
afterAll(() => rm(root, { recursive: true }))

test('a page has its own text and the style of all', async () => {
  expect(await assets['/'].read()).toBe('<p>page</p>')
  expect(await assets['/style.css'].read()).toBe('p { color: green }')
})

test('a script is one module without types, with all that it imports', async () => {
  const source = await assets['/browser.js'].read()
  expect(source).not.toMatch(/: string/)
  const code = `data:text/javascript,${encodeURIComponent(source)}`
  const { subscribe } = await import(/* @vite-ignore */ code)
  expect(subscribe('you')).toBe('hello you')
})

test('a file that was edited is there at the next request', async () => {
  await assets['/page.js'].read()
  const page = join(root, 'page/page.ts')
  await writeFile(page, 'export const answer: number = 43')
  expect(await assets['/page.js'].read()).toContain('43')
})

test('each has the type that a browser insists on', () => {
  const types = Object.entries(assets).map(([path, { type }]) => [path, type])
  expect(types).toEqual([
    ['/', 'text/html; charset=utf-8'],
    ['/style.css', 'text/css; charset=utf-8'],
    ['/page.js', 'text/javascript; charset=utf-8'],
    ['/browser.js', 'text/javascript; charset=utf-8'],
  ])
})

test('a script that does not compile is an error with its place', async () => {
  await writeFile(join(root, 'page/page.ts'), 'const a = = 1')
  await expect(assets['/page.js'].read()).rejects.toThrow(/page\.ts:1:10/)
})
