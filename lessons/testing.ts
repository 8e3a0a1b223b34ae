// What tests share: bytes cut at every size, and connections without a protocol.

import type { EventEmitter } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

import { vi } from 'vitest'

import type { Lesson, LessonServer } from './lesson.ts'

/** No wait of a test lasts longer: a failure is a message, not a hang. */
const deadlineMs = 20_000

/**
 * Skips a test where the machine lacks what the lesson needs, and says what. In
 * CI on Linux, for which all is there, that is a failure.
 */
export function skipIfMissing(
  { missing }: Pick<Lesson, 'missing'>,
  skip: (why: string) => never,
): void {
  const why = missing?.()
  if (why === undefined) return
  const { env, platform, arch } = process
  const mustBeThere = env.CI === 'true' && `${platform}-${arch}` === 'linux-x64'
  if (mustBeThere) throw new Error(why)
  skip(why)
}

/** `bytes` in chunks of one byte, then of two, and so on up to all in one. */
export function* everyCut(
  bytes: Uint8Array,
): Generator<AsyncIterable<Uint8Array>> {
  for (let size = 1; size <= bytes.length; size++) yield chunked(bytes, size)
}

/** `bytes` in chunks of `size`. */
export async function* chunked(
  bytes: Uint8Array,
  size: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  for (let start = 0; start < bytes.length; start += size)
    yield bytes.subarray(start, start + size)
}

/** All items of `source`. */
export async function collect<Item>(
  source: AsyncIterable<Item>,
): Promise<Item[]> {
  const items: Item[] = []
  for await (const item of source) items.push(item)
  return items
}

/** Resolves when the assertion holds: for facts that no event tells. */
export function soon(assertion: () => void): Promise<void> {
  return vi.waitFor(assertion, { timeout: deadlineMs, interval: 2 })
}

/** Resolves with what the event brings. An 'error' is left to others. */
export function event(
  emitter: EventEmitter | LessonServer,
  name: string,
): Promise<unknown[]> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => {
      reject(new Error(`waited in vain for the event '${name}'`))
    }, deadlineMs)
    ;(emitter as EventEmitter).once(name, (...details) => {
      clearTimeout(late)
      resolve(details)
    })
  })
}

/** A connection on which the test writes and reads every byte itself. */
export interface Wire extends AsyncDisposable {
  readonly socket: Socket
  /** What has come so far. */
  readonly bytes: Buffer
  /** The same as UTF-8. */
  readonly text: string
  write(bytes: string | Uint8Array): void
  /** All that has come, as soon as `pattern` is in it. */
  until(pattern: RegExp): Promise<string>
  /** All that has come when the server has ended the connection. */
  end(): Promise<string>
}

/** Opens a connection to the server at `url`, and sends `bytes`. */
export async function wireTo(
  url: URL,
  bytes: string | Uint8Array = '',
): Promise<Wire> {
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  const socket = connect({
    host,
    port: Number(url.port),
    // The test decides when its side ends.
    allowHalfOpen: true,
  })
  await event(socket, 'connect')
  const wire = wireOn(socket)
  wire.write(bytes)
  return wire
}

/** The same on a connection that is open already, such as one over TLS. */
export function wireOn(socket: Socket): Wire {
  const chunks: Buffer[] = []
  let ended = false
  let look = () => {}
  socket.on('error', () => {}) // 'close' follows.
  socket.on('data', (chunk) => {
    chunks.push(chunk)
    look()
  })
  for (const name of ['end', 'close'])
    socket.on(name, () => {
      ended = true
      look()
    })
  const text = () => Buffer.concat(chunks).toString()

  function wait(fact: () => boolean, what: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const settle = (error?: Error) => {
        clearTimeout(late)
        look = () => {}
        if (error) reject(error)
        else resolve(text())
      }
      const fail = (why: string) =>
        settle(new Error(`waited for ${what}, ${why} after:\n${text()}`))
      const late = setTimeout(fail, deadlineMs, `no more came`)
      look = () => {
        if (fact()) settle()
        else if (ended) fail('the connection ended')
      }
      look()
    })
  }

  return {
    socket,
    get bytes() {
      return Buffer.concat(chunks)
    },
    get text() {
      return text()
    },
    write: (bytes) => void socket.write(bytes),
    until: (pattern) => wait(() => pattern.test(text()), `${pattern}`),
    end: () => wait(() => ended, 'the end'),
    async [Symbol.asyncDispose]() {
      socket.destroy()
      if (!socket.closed) await event(socket, 'close')
    },
  }
}

/** The bytes of a request as HTTP/1.1 sends them. */
export function request(line: string, ...headers: string[]): string {
  return [`${line} HTTP/1.1`, 'host: 127.0.0.1', ...headers, '', ''].join(
    '\r\n',
  )
}

/** The parts of an answer: its status line, its headers and what follows. */
export function parts(answer: string) {
  const end = answer.indexOf('\r\n\r\n')
  const [status = '', ...headers] = answer.slice(0, end).split('\r\n')
  return { status, headers, body: answer.slice(end + 4) }
}

/** A body without the lengths of HTTP's chunks; its own lines must not end with CRLF. */
export function unchunked(body: string): string {
  return body.replace(/[0-9a-f]+\r\n(.*?)\r\n/gs, '$1')
}

/** Sends `bytes`, and resolves with the parts of all that the server sends until it closes. */
export async function answerTo(url: URL, bytes: string | Uint8Array) {
  await using wire = await wireTo(url, bytes)
  return parts(await wire.end())
}

/** A server that does with each connection what the test says, and no more. */
export async function bareServer(
  onConnection: (wire: Wire) => void,
): Promise<{ url: URL } & AsyncDisposable> {
  const wires = new Set<Wire>()
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    const wire = wireOn(socket)
    wires.add(wire)
    onConnection(wire)
  })
  server.listen(0, '127.0.0.1')
  await event(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: new URL(`http://127.0.0.1:${port}/messages`),
    async [Symbol.asyncDispose]() {
      server.close()
      for (const wire of wires) await wire[Symbol.asyncDispose]()
    },
  }
}
