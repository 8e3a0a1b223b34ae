import { buffer } from 'node:stream/consumers'

import type { SubscribeOptions } from '../lesson.ts'
import { ask, connected, opened } from '../shared/http2-client.ts'

/**
 * Asks for the page as a browser would that accepts push, and tells what came
 * in which order.
 *
 * @throws SubscribeError, ConnectionError
 */
export async function visit(
  url: URL,
  options: SubscribeOptions,
  tell: (line: string) => void,
): Promise<void> {
  const session = connected(url, options)
  try {
    const pushes: Promise<void>[] = []
    session.on('stream', (pushed, { ':path': path }) => {
      tell(`<- PUSH_PROMISE: "as if you had asked for GET ${path}"`)
      pushes.push(
        buffer(pushed).then((content) => {
          tell(`<- ${path}, pushed: ${content.length} bytes`)
        }),
      )
    })
    tell('-> GET /')
    const page = ask(session, { ':path': '/' })
    const { ':status': status } = await opened(url, page)
    const content = await buffer(page)
    tell(`<- / answered ${status}: ${content.length} bytes`)
    await Promise.all(pushes)
  } finally {
    session.close()
  }
}
