import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { expect, test } from 'vitest'
import { localCertificate } from '../lessons/certificate.ts'
import { loadLessons } from '../lessons/index.ts'
import { runCommand } from './cli/running-command.ts'

test('npm start runs every lesson on one feed and tells the addresses', async () => {
  const lessons = await loadLessons()
  const command = runCommand('scripts/start.ts', '--ports-from', '0')
  await command.prints(/Ctrl-C ends them all/)
  const ca = (await localCertificate()).cert

  const feeds = new Set<string | undefined>()
  for (const lesson of lessons) {
    const { number, title } = lesson
    const row = new RegExp(`^ *${number}  ${title} +(https?://\\S+)`, 'm')
    const url = new URL((await command.prints(row))[1] ?? '')
    const options = { ca, intervalMs: 50, signal: AbortSignal.timeout(10_000) }
    for await (const { id } of lesson.subscribe(url, options)) {
      feeds.add(id.split('-')[0])
      break
    }
  }
  expect(feeds.size).toBe(1)
  expect(command.stderr).toBe('')
})

test('npm start names a port that is taken, and starts nothing', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  try {
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    const from = `${port - 4}`
    const command = runCommand('scripts/start.ts', '--ports-from', from)
    expect(await command.ends()).toBe(1)
    expect(command.stdout).toBe('')
    expect(command.stderr).toMatch(
      /^Port \d+, which lesson \d .* is taken by another program\..*\n$/,
    )
  } finally {
    other.close()
  }
})
