// Serves a built site as a static host does, on this machine.
import { once } from 'node:events'
import { createReadStream, readFileSync } from 'node:fs'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'

import { fileAt, filesIn } from './built-site.ts'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.xml': 'application/xml',
  '.txt': 'text/plain; charset=utf-8',
}

/** A folder while it is served. */
export interface ServedFolder {
  readonly url: URL
  close(): Promise<void>
}

/** What a server adds to the files. */
export interface ServeOptions {
  /** The path below which the site is, with a slash at each end. */
  readonly base?: string
  /** Answers of its own, JSON, by path. */
  readonly more?: Readonly<Record<string, () => string>>
  /** More for the head of each page. */
  readonly head?: string
}

export async function serveFolder(
  folder: string,
  { base = '/', more = {}, head = '' }: ServeOptions = {},
): Promise<ServedFolder> {
  const files = new Set(filesIn(folder))
  const server = http.createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://site')
    const own = more[pathname]
    if (own) {
      response.setHeader('content-type', 'application/json')
      response.end(own())
      return
    }
    const asked = decodeURI(pathname)
    const found = asked.startsWith(base)
      ? fileAt({ files }, asked.slice(base.length - 1))
      : undefined
    const file = found ?? '404.html'
    response.statusCode = found ? 200 : 404
    const type = types[extname(file)] ?? 'application/octet-stream'
    response.setHeader('content-type', type)
    const path = join(folder, file)
    if (type.startsWith('text/html')) response.end(withHead(path, head))
    else createReadStream(path).pipe(response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: new URL(base, `http://127.0.0.1:${port}`),
    async close() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

function withHead(file: string, head: string): string {
  return readFileSync(file, 'utf8').replace('<head>', `<head>${head}`)
}
