import { buffer } from 'node:stream/consumers'

import webpush from 'web-push'

import type { SubscribeOptions } from '../lesson.ts'
import { ask, connected, opened } from '../shared/http2-client.ts'
import { makeKeys } from './decrypt.ts'

/**
 * Subscribes, is sent a message while it is away, and comes back for it: all
 * that passes between the two servers and a receiver, one step a line.
 *
 * @throws SubscribeError, ConnectionError
 */
export async function away(
  url: URL,
  options: SubscribeOptions,
  tell: (line: string) => void,
): Promise<void> {
  const session = connected(url, options)
  const { p256dh, auth, decrypt } = makeKeys()

  async function request(method: string, path: string, body?: Uint8Array) {
    tell(`-> ${method} ${short(path)}${body ? `: ${body.length} bytes` : ''}`)
    const headers = { ':method': method, ':path': path, ttl: '60' }
    const stream = ask(session, headers)
    stream.end(body)
    const answer = await opened(url, stream)
    await buffer(stream)
    return answer
  }

  try {
    const made = await request('POST', '/subscribe')
    const [, endpoint = ''] = /<(.*)>/.exec(String(made.link)) ?? []
    const collectAt = String(made.location)
    const postTo = new URL(endpoint, url).pathname
    tell(
      `<- 201: collect at ${short(collectAt)}, others post to ${short(postTo)}`,
    )

    const text = 'sent while you were away'
    const { cipherText } = webpush.encrypt(p256dh, auth, text, 'aes128gcm')
    const accepted = await request('POST', postTo, cipherText)
    tell(`<- 201: it waits as ${short(String(accepted.location))}`)

    const pushed = new Promise<Buffer>((resolve) => {
      session.on('stream', async (stream, { ':path': path }) => {
        tell(`<- PUSH_PROMISE: "as if you had asked for GET ${short(path)}"`)
        resolve(await buffer(stream))
      })
    })
    tell(`-> GET ${short(collectAt)}`)
    const held = ask(session, { ':path': collectAt })
    await opened(url, held)
    const body = await pushed
    tell(`<- ${body.length} bytes, decrypted: "${await decrypt(body)}"`)

    await request('DELETE', String(accepted.location))
    await request('DELETE', collectAt)
    const refusal = await request('POST', postTo, cipherText).catch(
      (error) => error,
    )
    tell(`<- ${refusal.status}: nobody wants its messages any more`)
  } finally {
    session.close()
  }
}

/** Enough of an address to tell it from others, and not enough to use it. */
function short(path = ''): string {
  return path.replace(/([\w-]{6})[\w-]{26}/, '$1…')
}
