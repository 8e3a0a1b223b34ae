import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { describe, expect, test } from 'vitest'
import { localCertificate } from '../lessons/certificate.ts'
import { loadLessons } from '../lessons/index.ts'
import { runCommand } from './cli/running-command.ts'
import {
  addressOf,
  all,
  gone,
  manifestAt,
  siteOf,
  startLessons,
  tellingPid,
} from './servers/start-testing.ts'
import { copyWorkbook } from './servers/workbook-copy.ts'

const lessons = await loadLessons()

describe('npm start', () => {
  test('runs every lesson on one feed and tells the addresses', async () => {
    const command = startLessons()
    await command.prints(all)
    const ca = (await localCertificate()).cert
    const feeds = new Set<string | undefined>()
    for (const lesson of lessons) {
      const url = await addressOf(command, lesson)
      const signal = AbortSignal.timeout(10_000)
      const options = { ca, intervalMs: 50, signal }
      for await (const { id } of lesson.subscribe(url, options)) {
        feeds.add(id.split('-')[0])
        break
      }
    }
    expect(feeds.size).toBe(1)
    expect(command.stderr).toBe('')
  })

  test('tells the site first, and the site where the servers are', async () => {
    const command = copyWorkbook().start()
    await command.prints(all)
    expect(command.stdout).toMatch(
      /^The workbook is at http:\S+\n\nEvery lesson carries .*\n\n *1 {2}/,
    )
    const { control } = await siteOf(command)
    const manifest = await manifestAt(control)
    expect(manifest.schema).toBe('http-push-workbook/servers/1')
    expect(manifest.machine.node).toBe(process.version)
    expect(manifest.machine.cores).toBeGreaterThan(0)
    expect(manifest.lessons).toEqual(
      lessons.map(({ number, folder, title, secure = false }) => ({
        number,
        folder,
        title,
        secure,
        url: expect.stringMatching(/^https?:\/\/127\.0\.0\.1:\d+\/$/),
        raceUrl: expect.stringMatching(/^https?:\/\/127\.0\.0\.1:\d+\/$/),
      })),
    )
    for (const lesson of manifest.lessons)
      expect((await addressOf(command, lesson)).href).toBe(lesson.url)
    const urls = manifest.lessons.flatMap(({ url, raceUrl }) => [url, raceUrl])
    expect(new Set(urls).size).toBe(2 * lessons.length)
  })

  test('pushes the lines of stdin', async () => {
    const command = startLessons('--feed', 'stdin').input('a\nb\n')
    await command.prints(all)
    const [lesson] = lessons
    if (lesson === undefined) throw new Error('There is no lesson.')
    const url = await addressOf(command, lesson)
    const signal = AbortSignal.timeout(10_000)
    const data: string[] = []
    for await (const message of lesson.subscribe(url, {
      intervalMs: 20,
      signal,
    })) {
      data.push(message.data)
      if (data.length === 2) break
    }
    expect(data).toEqual(['a', 'b'])
    await command.prints(/^feed {2}stdin ended after 2 lines/m)
  })

  test('lets in origins that it is told, and no others', async () => {
    const origins = ['https://one.example', 'https://two.example:8443']
    const command = startLessons(
      ...origins.flatMap((origin) => ['--allow-origin', `${origin}/`]),
    )
    const [, control = ''] = await command.prints(
      /^Pages of https:\/\/one\.example and \S+ may use them all: (\S+) /m,
    )
    const { lessons } = await manifestAt(control)
    const urls = lessons
      .filter(({ secure }) => !secure)
      .flatMap(({ url, raceUrl }) => [url, raceUrl])
    for (const url of [control, ...urls]) {
      for (const origin of origins) {
        const { status, headers } = await fetch(url, { headers: { origin } })
        const allowed = headers.get('access-control-allow-origin')
        expect([status, allowed]).toEqual([200, origin])
      }
      const headers = { origin: 'https://three.example' }
      const refused = await fetch(url, { headers })
      expect(refused.status).toBe(403)
      expect(refused.headers.get('access-control-allow-origin')).toBe(null)
    }
  })
})

describe('npm start refuses', () => {
  test('a port that is taken, by its name, and starts nothing', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    try {
      await once(other, 'listening')
      const { port } = other.address() as AddressInfo
      const command = runCommand(
        'scripts/start.ts',
        ...['--no-site', '--ports-from', `${port - 4}`],
      )
      expect(await command.ends()).toBe(1)
      expect(command.stdout).toBe('')
      expect(command.stderr).toMatch(
        /^Port \d+, which (lesson \d .*|the control server) needs, is taken by another program\..*\n$/,
      )
    } finally {
      other.close()
    }
  })

  test("the site's port that is taken, and ends the lessons", async () => {
    const other = createServer().listen(0, '127.0.0.1')
    try {
      await once(other, 'listening')
      const { port } = other.address() as AddressInfo
      const workbook = copyWorkbook()
      workbook.edit('lessons/index.ts', tellingPid)
      const command = workbook.start('--site-port', `${port}`)
      expect(await command.ends()).toBe(1)
      expect(command.stderr).toMatch(/^The site cannot listen: .*\n$/)
      const [, pid] = /^pid (\d+)$/m.exec(command.stdout) ?? []
      if (pid !== undefined) await gone(Number(pid))
    } finally {
      other.close()
    }
  })

  test.each([
    'https://example.org/page',
    'https://user@example.org',
    'ftp://example.org',
    'example.org',
    'null',
    '*',
  ])('--allow-origin %s', async (origin) => {
    const command = startLessons('--allow-origin', origin)
    expect(await command.ends()).toBe(2)
    expect(command.stdout).toBe('')
    expect(command.stderr).toMatch(
      /An origin is http:\/\/ or https:\/\/ with a host and nothing behind it, such as https:\/\/example\.org\./,
    )
  })
})
