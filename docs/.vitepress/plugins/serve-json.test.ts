// Files of JSON, served and built, by the Vite that VitePress brings.

import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

import { afterEach, expect, it } from 'vitest'

import type { Plugin } from './plugin.ts'
import { serveJson } from './serve-json.ts'

const fromVitePress = createRequire(
  createRequire(import.meta.url).resolve('vitepress'),
)
const vite = pathToFileURL(fromVitePress.resolve('vite/package.json'))
const { build, createServer } = (await import(
  new URL('dist/node/index.js', vite).href
)) as typeof import('vite')

const bodies = new Map([['a.b', '{"n":1}']])
const folder = {
  name: 'numbers',
  names: () => [...bodies.keys()],
  read: (name: string) => bodies.get(name),
}
const quiet = {
  configFile: false,
  logLevel: 'silent',
} as const

/** Two versions of Vite are here, whose types differ. */
const pluginsAt = (base: string) => serveJson(base, folder) as never[]

let close: (() => Promise<void>) | undefined
afterEach(() => close?.())

it('answers while the site is served, from what there is now', async () => {
  const server = await createServer({
    ...quiet,
    plugins: pluginsAt('/below/'),
    server: { host: '127.0.0.1', port: 0, watch: null },
  })
  close = () => server.close()
  await server.listen()
  const [url = ''] = server.resolvedUrls?.local ?? []
  const answer = (path: string) => fetch(new URL(path, url))

  expect(await (await answer('/below/numbers/a.b.json')).text()).toBe('{"n":1}')
  bodies.set('later', '[]')
  const later = await answer('/below/numbers/later.json?t=1')
  expect(later.headers.get('content-type')).toBe('application/json')
  expect(await later.text()).toBe('[]')
  bodies.delete('later')
  expect((await answer('/below/numbers/later.json')).status).toBe(404)
})

it('writes its files once: for browsers, and not for the server', async () => {
  const entry: Plugin = {
    name: 'entry',
    resolveId: (id) => (id === 'entry' ? id : undefined),
    load: (id) => (id === 'entry' ? 'console.log(1)' : undefined),
  }
  const filesOf = async (ssr: boolean) => {
    const built = await build({
      ...quiet,
      plugins: [entry as never, ...pluginsAt('/')],
      build: { ssr, write: false, rollupOptions: { input: 'entry' } },
    })
    if (!('output' in built)) throw new Error('Vite must build once.')
    return built.output.map(({ fileName }) => fileName)
  }
  expect(await filesOf(false)).toContain('numbers/a.b.json')
  expect(await filesOf(true)).not.toContain('numbers/a.b.json')
})
