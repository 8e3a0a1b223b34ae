import { createServer } from 'node:net'
import { afterEach, expect, test, vi } from 'vitest'

import { event } from '../testing.ts'
import { command } from './command.ts'

afterEach(() => void vi.restoreAllMocks())

/** Runs the command. Resolves with what it prints, or with its error. */
async function run(...args: string[]): Promise<string> {
  let printed = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += text
    return true
  })
  const { signal } = new AbortController()
  const error = await command(args, signal).catch((error) => error.message)
  return error ?? printed
}

async function nobody(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1')
  await event(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  return `redis://127.0.0.1:${port}`
}

test('says in a sentence that no Redis listens at an address', async () => {
  const url = await nobody()
  const sentence = `No Redis listens at ${url}. Start one, or name another one with --feed.`
  expect(await run('--feed', url)).toBe(sentence)
  vi.stubEnv('REDIS_URL', url)
  expect(await run()).toBe(sentence)
})

test.each([
  [
    '--feed news',
    /^Option '--feed <url>' argument 'news' is invalid\. The address of a Redis looks like redis:/,
  ],
  ['--nodes 0', /A count is a whole number from 1/],
  ['--feed redis://127.0.0.1:1 --schedules 2', /^A schedule kills its Redis/],
])('%s is refused', async (line, sentence) => {
  expect(await run(...line.split(' '))).toMatch(sentence)
})

test('without a Redis says how to get one, and shows what is lost then', async () => {
  vi.stubEnv('PATH', '')
  const told = await run('--subscribers', '2', '--rate', '20')
  expect(told).toMatch(
    /^redis +There is no redis-server here\. Get one by "apt/,
  )
  expect(told).toMatch(/each node has a feed in its own memory:$/m)
  const [, lost] =
    /^crowd +\d+ published, (\d+) lost, 0 twice$/m.exec(told) ?? []
  expect(Number(lost)).toBeGreaterThan(0)
  expect(told).toMatch(/^fault +node 1 is killed[\s\S]+ told of a gap/m)
}, 60_000)
