// Serves the page in one way. It thinks about the page itself, as an
// application does that asks a database; the files are on its disk.

import http2, {
  type Http2SecureServer,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2'
import https, { type Server } from 'node:https'
import type { Socket } from 'node:net'

import type { Certificate } from '../../lessons/lesson.ts'
import { type ListeningServer, listen } from '../../lessons/start.ts'
import { type PageFile, pageFiles } from './page.ts'
import type { NamedWay } from './way.ts'

/** What the server saw and did, in its order. */
export interface Event {
  readonly is: 'asked' | 'answered' | 'pushed'
  readonly path: string
}

export class PageServer implements AsyncDisposable {
  readonly #way: NamedWay
  readonly #files = pageFiles()
  readonly #thinking = new Set<NodeJS.Timeout>()
  readonly #sockets = new Set<Socket>()
  #listening: ListeningServer | undefined
  #thinkMs = 0
  #events: Event[] = []

  private constructor(way: NamedWay) {
    this.#way = way
  }

  /** @throws Error when it cannot listen */
  static async start(
    way: NamedWay,
    certificate: Certificate,
  ): Promise<PageServer> {
    const it = new PageServer(way)
    const server =
      way.protocol === 'h2' ? it.#http2(certificate) : it.#http1(certificate)
    server.on('connection', (socket: Socket) => {
      it.#sockets.add(socket)
      socket.once('close', () => it.#sockets.delete(socket))
    })
    it.#listening = await listen(server, 0, '127.0.0.1', true)
    return it
  }

  get url(): URL {
    if (this.#listening === undefined) throw new Error('It does not listen.')
    return this.#listening.url
  }

  /** What was seen since the last visit began, in its order. */
  get events(): readonly Event[] {
    return this.#events
  }

  /** From now on it thinks for so long, and remembers nothing of before. */
  expectVisit({ thinkMs }: { readonly thinkMs: number }): void {
    this.#thinkMs = thinkMs
    this.#events = []
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const timer of this.#thinking) clearTimeout(timer)
    const closed = this.#listening?.close()
    for (const socket of this.#sockets) socket.destroy()
    await closed
  }

  #http1(certificate: Certificate): Server {
    return https.createServer(certificate, (request, response) => {
      response.on('error', () => {}) // The client is gone.
      const file = this.#asked(request.url)
      if (file === undefined) return response.writeHead(404).end()
      this.#answer(file, () => {
        response.writeHead(200, this.#headersOf(file)).end(file.body)
      })
    })
  }

  #http2(certificate: Certificate): Http2SecureServer {
    const server = http2.createSecureServer(certificate)
    server.on('sessionError', () => {}) // The client is gone.
    server.on('session', (session: ServerHttp2Session) => {
      session.on('error', () => {}) // As above.
    })
    server.on('stream', (stream, { ':path': path }) => {
      stream.on('error', () => {}) // The client is gone, or wants it no more.
      const file = this.#asked(path)
      if (file === undefined)
        return stream.respond({ ':status': 404 }, { endStream: true })
      if (isPage(file)) this.#outset(stream)
      this.#answer(file, () => {
        if (!stream.destroyed) this.#send(stream, file)
      })
    })
    return server
  }

  #asked(path = ''): PageFile | undefined {
    this.#events.push({ is: 'asked', path })
    return this.#files.find((file) => file.path === path)
  }

  #outset(stream: ServerHttp2Stream): void {
    this.#way.atOnce?.(stream, {
      files: this.#files.filter((file) => !isPage(file)),
      push: (promised, file) => {
        promised.on('error', () => {}) // The client may refuse it.
        this.#events.push({ is: 'pushed', path: file.path })
        this.#send(promised, file)
      },
    })
  }

  /** The page takes thought; files do not. */
  #answer(file: PageFile, send: () => void): void {
    const answer = () => {
      this.#events.push({ is: 'answered', path: file.path })
      send()
    }
    if (isPage(file)) this.#think(answer)
    else answer()
  }

  #think(andThen: () => void): void {
    // A timer of Node's takes a millisecond at least.
    if (this.#thinkMs === 0) {
      andThen()
      return
    }
    const timer = setTimeout(() => {
      this.#thinking.delete(timer)
      andThen()
    }, this.#thinkMs)
    this.#thinking.add(timer)
  }

  #send(stream: ServerHttp2Stream, file: PageFile): void {
    stream.respond({ ':status': 200, ...this.#headersOf(file) })
    stream.end(file.body)
  }

  #headersOf(file: PageFile) {
    return {
      'content-type': file.type,
      'content-length': file.body.length,
      // A client that has a file need not ask for it again; the page is new
      // each time.
      'cache-control': isPage(file) ? 'no-store' : 'max-age=3600',
      ...(isPage(file) && this.#way.headers?.(this.#files)),
    }
  }
}

function isPage({ path }: PageFile): boolean {
  return path === '/'
}
