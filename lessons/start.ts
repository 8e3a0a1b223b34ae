// Starts a lesson's server: the one way for the command line, the tests and the
// benchmark.

import { once } from 'node:events'
import type { AddressInfo } from 'node:net'

import { Feed } from './feed.ts'
import type { Lesson, LessonServer, ServeOptions } from './lesson.ts'

export interface StartOptions extends ServeOptions {
  feed?: Feed
  /** 0, and that is the default, takes a free one. */
  port?: number
  host?: string
}

export interface StartedServer extends ListeningServer {
  readonly feed: Feed
  /** The certificate that its clients have to trust. */
  readonly ca: string | undefined
}

/** A server that can be reached. */
export interface ListeningServer extends AsyncDisposable {
  readonly url: URL
  readonly server: LessonServer
  /** Ends all subscriptions and stops listening. Resolves when all is closed. */
  close(): Promise<void>
}

/** @throws Error with a sentence when it cannot listen */
export async function startServer(
  lesson: Pick<Lesson, 'serve' | 'secure' | 'certified'>,
  {
    feed = new Feed(),
    port = 0,
    host = '127.0.0.1',
    ...options
  }: StartOptions = {},
): Promise<StartedServer> {
  const certificate =
    options.certificate ??
    (lesson.secure || lesson.certified ? await trustedHere() : undefined)
  const server = lesson.serve(feed, { ...options, certificate })
  const secure = certificate !== undefined && !lesson.certified
  const listening = await listen(server, port, host, secure)
  return { ...listening, feed, ca: certificate?.cert }
}

/**
 * Makes a server listen that somebody else has built.
 *
 * @throws Error with a sentence when it cannot
 */
export async function listen(
  server: LessonServer,
  port: number,
  host: string,
  secure = false,
): Promise<ListeningServer> {
  try {
    server.listen(port, host)
    await once(server as unknown as NodeJS.EventEmitter, 'listening')
  } catch (error) {
    throw new Error(explain(error, port, host), { cause: error })
  }

  const address = server.address() as AddressInfo
  let closed: Promise<void> | undefined
  const close = () => {
    closed ??= new Promise((resolve) => server.close(() => resolve()))
    return closed
  }
  return {
    server,
    url: urlOf(address, secure),
    close,
    [Symbol.asyncDispose]: close,
  }
}

/** Loaded only by who needs it: making certificates takes a library. */
async function trustedHere() {
  const { localCertificate } = await import('./certificate.ts')
  return localCertificate()
}

/** An address that listens everywhere is reached on this machine as 127.0.0.1. */
function urlOf({ address, family, port }: AddressInfo, secure: boolean): URL {
  const everywhere = address === '0.0.0.0' || address === '::'
  const name = family === 'IPv6' ? `[${address}]` : address
  return new URL(
    `${secure ? 'https' : 'http'}://${everywhere ? '127.0.0.1' : name}:${port}/`,
  )
}

function explain(error: unknown, port: number, host: string): string {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'EADDRINUSE')
    return `Port ${port} of ${host} is taken by another program. End that one, or choose another port with --port (0 takes a free one).`
  if (code === 'EACCES')
    return `Port ${port} needs more rights than this program has. Choose one above 1023 with --port.`
  if (['EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN'].includes(code ?? ''))
    return `This machine has no address ${host}. Choose one of its own with --host, such as 127.0.0.1.`
  return `Cannot listen on port ${port} of ${host}: ${message}`
}
