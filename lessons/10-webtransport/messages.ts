// What the streams of this lesson hold. Runs in Node and in browsers.

import { SubscribeError } from '../lesson.ts'

/** `GET /certificate` over TCP: how to know the certificate of UDP, in hex. */
export interface CertificateAnswer {
  readonly sha256: string
}

/** On the stream that brought a message: that it is published, or why not. */
export type PublishAnswer =
  | { readonly id: string }
  | { readonly status: number; readonly reason: string }

/** How messages come: in order and all of them, or each by itself if at all. */
export type Delivery = 'stream' | 'datagrams'

/** @throws SubscribeError when the server did not take the message */
export function checkPublished(text: string): void {
  const answer: PublishAnswer = JSON.parse(text)
  if ('status' in answer) throw new SubscribeError(answer.reason, answer.status)
}

/** The address of a session with the server at `url`. */
export function sessionUrl(
  url: URL,
  after: string | undefined,
  by: Delivery = 'stream',
): URL {
  const from = new URL('/messages', url)
  from.protocol = 'https:'
  if (after !== undefined) from.searchParams.set('after', after)
  if (by === 'datagrams') from.searchParams.set('by', by)
  return from
}

/** The way that a session asks for. */
export function deliveryOf({ url }: { url: string }): Delivery {
  const query = new URLSearchParams(url.split('?')[1])
  return query.get('by') === 'datagrams' ? 'datagrams' : 'stream'
}
