// What tests share: bytes cut at every size, and connections without a protocol.

import { type EventEmitter, once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** No wait of a test lasts longer: a failure is a message, not a hang. */
const deadlineMs = 5_000

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

/** Resolves with what the event brings. */
export function event(emitter: unknown, name: string): Promise<unknown[]> {
  const signal = AbortSignal.timeout(deadlineMs)
  return once(emitter as EventEmitter, name, { signal })
}

/** A connection on which the test writes and reads every byte itself. */
export interface Wire extends AsyncDisposable {
  readonly socket: Socket
  /** What has come so far, as UTF-8. */
  readonly text: string
  write(bytes: string | Uint8Array): void
  /** All that has come, as soon as `pattern` is in it. */
  until(pattern: RegExp): Promise<string>
  /** All that has come when the server has ended the connection. */
  end(): Promise<string>
}

/** Opens a connection to the server at `url`, and sends `bytes`. */
export async function wireTo(url: URL, bytes = ''): Promise<Wire> {
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  const socket = connect({ host, port: Number(url.port) })
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
