import { once } from 'node:events'
import http from 'node:http'
import { type AddressInfo, createServer } from 'node:net'
import { describe, expect, test } from 'vitest'
import { loadLessons, loadPractices, type Numbered } from '../lessons/index.ts'
import {
  onWindows,
  type RunningCommand,
  runCommand,
} from './cli/running-command.ts'

const lessons = await loadLessons()

function lesson(...args: string[]): RunningCommand {
  return runCommand('scripts/lesson.ts', ...args)
}

/** Reads the answer until it holds `text`, and leaves. */
async function readUntil(
  url: URL,
  text: string,
  headers: http.OutgoingHttpHeaders = {},
): Promise<string> {
  const request = http.get(url, { headers, agent: false })
  const [answer] = (await once(request, 'response')) as [http.IncomingMessage]
  let read = ''
  for await (const chunk of answer.setEncoding('utf8')) {
    read += chunk
    if (read.includes(text)) return read
  }
  throw new Error(`The answer ended without ${text}: ${read}`)
}

describe('npm run lesson', () => {
  test('lists every lesson and how to run it', async () => {
    const command = lesson()
    expect(await command.ends()).toBe(0)
    for (const { number, title } of lessons) {
      const port = 8000 + number
      const line = `${number}  ${title} +port ${port}  npm run lesson ${number}`
      expect(command.stdout).toMatch(new RegExp(`^ *${line}$`, 'm'))
    }
  })

  test('lists the lessons for scripts as well', async () => {
    const command = lesson('--json')
    expect(await command.ends()).toBe(0)
    const row = ({ number, folder, title }: Numbered & { title: string }) => ({
      number,
      folder,
      title,
    })
    const transports = lessons.map((one) => ({
      ...row(one),
      port: 8000 + one.number,
    }))
    const practices = (await loadPractices()).map(row)
    expect(command.objects).toEqual([...transports, ...practices])
  })

  test('ends with 2 and one sentence when it is not understood', async () => {
    const command = lesson('no-such-lesson')
    expect(await command.ends()).toBe(2)
    expect(command.stdout).toBe('')
    expect(command.stderr).toMatch(
      /^There is no lesson "no-such-lesson", only 01-short-polling, .*\.\n$/,
    )
  })

  test('ends with 1 and one sentence when its port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    try {
      await once(other, 'listening')
      const { port } = other.address() as AddressInfo
      const command = lesson('4', '--port', `${port}`)
      expect(await command.ends()).toBe(1)
      expect(command.stdout).toBe('')
      expect(command.stderr).toMatch(
        new RegExp(`^Port ${port} of 127.0.0.1 is taken by another .*\\.\n$`),
      )
    } finally {
      other.close()
    }
  })
})

describe('server and client together', () => {
  test.each(lessons)('lesson $number delivers its feed', async ({ number }) => {
    const command = lesson(
      `${number}`,
      ...['--port', '0', '--feed', 'stdin', '--count', '2', '--interval', '50'],
    ).input('a\nb\n')
    expect(await command.ends()).toBe(0)
    expect(command.stderr).toBe('')
    expect(command.stdout).toMatch(/^server {2}https?:\/\/127\.0\.0\.1:\d+\/ /)
    expect(command.stdout).toMatch(/^client {2}connecting to http/m)
    expect(command.stdout).toMatch(/^client {2}open$/m)
    expect(command.stdout).toMatch(/^client {2}[a-z0-9]+-1 {2}a$/m)
    expect(command.stdout).toMatch(/^client {2}[a-z0-9]+-2 {2}b$/m)
  })

  test('the load of this machine moves without any flag', async () => {
    const command = lesson('4', '--port', '0')
    const load = '{"cpuPercent":[\\d.]+,"memoryPercent":[\\d.]+,'
    await command.prints(new RegExp(`-2 {2}${load}"loopDelayMs":[\\d.]+}`))
  })

  test('what the lesson shows beside its messages comes first', async () => {
    const command = lesson('6', '--port', '0', '--count', '1')
    expect(await command.ends()).toBe(0)
    // Which message is the first one depends on how long that took.
    expect(command.stdout).toMatch(
      /-> GET \/[\s\S]+PUSH_PROMISE[\s\S]+connecting[\s\S]+-\d+ {2}\{/,
    )
  })

  test('--json prints one object a line and nothing else', async () => {
    const command = lesson(
      ...['5', '--port', '0', '--feed', 'stdin', '--count', '2', '--json'],
    ).input('a\n\u001b[31mb\n')
    expect(await command.ends()).toBe(0)
    expect(command.objects[0]).toEqual({ listening: expect.any(String) })
    expect(command.objects).toContainEqual({
      log: expect.stringContaining('connected'),
    })
    expect(command.objects.filter(({ id }) => id !== undefined)).toEqual([
      { id: expect.stringMatching(/-1$/), data: 'a' },
      { id: expect.stringMatching(/-2$/), data: '\u001b[31mb' },
    ])
    expect(command.stderr).toContain('reading stdin')
  })

  test('a gap is told, readable or as JSON', async () => {
    const flags = ['--port', '0', '--count', '1', '--retry', '50']
    const args = ['4', ...flags, '--after', 'gone00-4']
    const readable = lesson(...args)
    const json = lesson(...args, '--json')
    expect(await readable.ends()).toBe(0)
    expect(readable.stdout).toContain('gap: The feed of gone00-4 is gone;')
    expect(await json.ends()).toBe(0)
    expect(json.objects).toContainEqual({
      gap: {
        after: 'gone00-4',
        resumedAt: expect.stringMatching(/-0$/),
        lost: null,
      },
    })
  })
})

describe('one end alone', () => {
  test('lines of stdin wait for the first subscriber, and can be resumed', async () => {
    const server = lesson('4', 'server', '--port', '0', '--feed', 'stdin')
    server.input('a\nb\n')
    const messages = new URL('/messages', await server.url())

    const all = await readUntil(messages, 'data: b')
    const [, idOfA] = /^id: (.+)\ndata: a\n/m.exec(all) ?? []
    expect(all).toMatch(
      /-0\nevent: start\ndata: \n\nid: \w+-1\ndata: a\n\nid: \w+-2\ndata: b\n/,
    )

    const headers = { 'last-event-id': idOfA }
    const rest = await readUntil(messages, 'data: b', headers)
    expect(rest).not.toContain('data: a')
    await server.prints(/stdin ended after 2 lines; the server stays up/)
  })

  test('a client goes on after a cursor, and ends after a count', async () => {
    const server = lesson('4', 'server', '--port', '0', '--feed', 'stdin')
    server.input('a\nb\nc\n')
    const { href } = await server.url()

    const first = lesson('4', 'client', href, '--json', '--count', '1')
    expect(await first.ends()).toBe(0)
    const [a] = first.objects
    expect(a).toEqual({ id: expect.any(String), data: 'a' })

    const args = ['--after', String(a?.id), '--count', '2']
    const second = lesson('04', 'client', href, '--json', ...args)
    expect(await second.ends()).toBe(0)
    expect(second.objects.map(({ data }) => data)).toEqual(['b', 'c'])
  })

  test('a client over TLS trusts the certificate of this checkout', async () => {
    const server = lesson('6', 'server', '--port', '0')
    const { href } = await server.url()
    const client = lesson('6', 'client', href, '--count', '1')
    expect(await client.ends()).toBe(0)
    expect(client.stdout).toMatch(/-\d+ {2}\{"cpuPercent"/)
  })

  test("a client's malformed cursor ends it with the server's sentence", async () => {
    const server = lesson('4', 'server', '--port', '0')
    const { href } = await server.url()
    const client = lesson('4', 'client', '--json', '--after', 'x', href)
    expect(await client.ends()).toBe(1)
    expect(client.stdout).toBe('')
    expect(client.stderr).toMatch(
      /^http\S+ answered 400: A cursor looks like \S+, got "x"\..*\n$/,
    )
  })

  test('a client without a server says why it waits', async () => {
    const nobody = createServer().listen(0, '127.0.0.1')
    await once(nobody, 'listening')
    const { port } = nobody.address() as AddressInfo
    nobody.close()
    await once(nobody, 'close')
    const client = lesson('4', 'client', `http://127.0.0.1:${port}/`)
    await client.prints(/waiting \d+\.\d s: connect ECONNREFUSED/)
  })
})

describe('the end', () => {
  test.for([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)(
    '%s ends subscriptions, then the server',
    async ([name, code], { skip }) => {
      skip(...onWindows('no signals can be sent'))
      const server = lesson('4', 'server', '--port', '0')
      const messages = new URL('/messages', await server.url())
      const request = http.get(messages, { agent: false })
      const [answer] = (await once(request, 'response')) as [
        http.IncomingMessage,
      ]
      const ended = once(answer.resume(), 'end')
      server.child.kill(name)
      await ended
      expect(answer.complete).toBe(true)
      expect(await server.ends()).toBe(code)
      expect(server.stderr).toBe('')
    },
  )

  test('Ctrl-C ends server and client together', async ({ skip }) => {
    skip(...onWindows('no signals can be sent'))
    const command = lesson('5', '--port', '0')
    await command.prints(/-1 {2}\{/)
    command.child.kill('SIGINT')
    expect(await command.ends()).toBe(130)
    expect(command.stderr).toBe('')
  })

  test('a reader who leaves ends it quietly', async () => {
    const command = lesson('4', '--port', '0')
    await command.prints(/open/)
    command.child.stdout?.destroy()
    expect(await command.ends()).toBe(0)
    expect(command.stderr).toBe('')
  })
})
