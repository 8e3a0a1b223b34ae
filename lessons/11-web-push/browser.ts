// Web Push in the browser. Where its vendor's push service may be used, that
// wakes the service worker, and the service worker tells this page. Offline,
// the page plays the browser's part itself.

import type { Message } from '../feed.ts'
import type { SubscribeOptions, Subscription } from '../lesson.ts'
import { beforeDeadline } from '../shared/alive.ts'
import { post } from '../shared/fetch-client.ts'
import { Queue } from '../shared/queue.ts'
import { type Arrival, resuming } from '../shared/resuming.ts'
import { makeKeys } from './decrypt-in-browser.ts'
import { fetching } from './fetching.ts'
import { isKnown } from './known.ts'
import { leaving } from './leaving.ts'
import { standIn } from './stand-in.ts'
import { UserAgent } from './user-agent.ts'

/** Without a vendor's service Chromium's `subscribe` neither succeeds nor fails. */
const subscribeMs = 10_000

export function subscribe(
  url: URL,
  options: SubscribeOptions = {},
): Subscription {
  const agent = new UserAgent(makeKeys)
  let isOffline = false

  async function* connect(after: string | undefined): AsyncGenerator<Arrival> {
    const own = isOffline ? undefined : await subscribeHere(url, options)
    isOffline = own === undefined
    if (own) yield* tellings(own, url, options, after)
    else yield* standIn(agent, url, options, after)
  }

  const publish = (data: string) =>
    post(new URL('/messages', url), data, options)
  // A browser's own subscription stays: it is there to reach a closed page.
  return leaving(resuming(connect, publish, options), () =>
    agent.leave(fetching(url, {})),
  )
}

/**
 * Subscribes at the push service of this browser, if the server posts there and
 * the reader has allowed it.
 */
async function subscribeHere(
  url: URL,
  options: SubscribeOptions,
): Promise<PushSubscription | undefined> {
  const { text } = await fetching(url, options)('GET', '/messages')
  const { applicationServerKey, takesVendors } = JSON.parse(text)
  if (!takesVendors || !isAllowed(url)) return undefined

  // #region subscribe
  const { serviceWorker } = navigator
  await serviceWorker.register('/service-worker.js')
  const { pushManager } = await serviceWorker.ready
  const subscribing = pushManager.subscribe({
    userVisibleOnly: true, // Every push shows the user something.
    applicationServerKey,
  })
  // #endregion subscribe
  try {
    return await beforeDeadline(subscribing, subscribeMs)
  } catch {
    return undefined // The vendor's service cannot be reached.
  }
}

function isAllowed(url: URL): boolean {
  return (
    url.origin === location.origin &&
    'serviceWorker' in navigator &&
    Notification.permission === 'granted'
  )
}

/** What the service worker tells. There is no connection here that could break: the browser holds its own. */
async function* tellings(
  subscription: PushSubscription,
  url: URL,
  options: SubscribeOptions,
  after: string | undefined,
): AsyncGenerator<Arrival> {
  const { signal } = options
  const { serviceWorker } = navigator
  const told = new Queue<Message>()
  const hear = ({ data }: MessageEvent<Message>) => told.put(data)
  const end = () => told.end()
  serviceWorker.addEventListener('message', hear)
  signal?.addEventListener('abort', end)
  if (signal?.aborted) end()
  try {
    const query = after === undefined ? '' : `?after=${after}`
    const body = JSON.stringify(subscription)
    const ask = fetching(url, options)
    const { text } = await ask('POST', `/subscriptions${query}`, body)
    let last: string = JSON.parse(text).after
    yield { id: last }
    for await (const message of told) {
      if (isKnown(message.id, last)) continue
      last = message.id
      yield message
    }
  } finally {
    signal?.removeEventListener('abort', end)
    serviceWorker.removeEventListener('message', hear)
  }
}
