import { buffer } from 'node:stream/consumers'

import type { SubscribeOptions } from '../lesson.ts'
import { ask, connected, opened } from '../shared/http2-client.ts'
import { decodePreloads } from './preload.ts'

/**
 * Asks for the page as a browser does that takes hints, and tells what came in
 * which order.
 *
 * @throws SubscribeError, ConnectionError
 */
export async function visit(
  url: URL,
  options: SubscribeOptions,
  tell: (line: string) => void,
): Promise<void> {
  const session = connected(url, options)
  const read = async (path: string, onHint?: (link: string) => void) => {
    tell(`-> GET ${path}`)
    const stream = ask(session, { ':path': path })
    stream.on('headers', ({ link }) => onHint?.(String(link)))
    const { ':status': status } = await opened(url, stream)
    tell(`<- ${path} answered ${status}`)
    const content = await buffer(stream)
    tell(`<- ${path}: all ${content.length} bytes`)
  }
  try {
    const preloaded: Promise<void>[] = []
    await read('/', (link) => {
      tell(`<- 103, link: ${link}`)
      for (const { path } of decodePreloads(link)) {
        const loaded = read(path)
        loaded.catch(() => {}) // Waited for below.
        preloaded.push(loaded)
      }
    })
    await Promise.all(preloaded)
  } finally {
    session.close()
  }
}
