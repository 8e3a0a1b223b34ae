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
    const own = isOffline ? undefined : await subscribeHere(url, options, after)
    isOffline = own === undefined
    if (own) yield* tellings(own, options.signal)
    else yield* standIn(agent, url, options, after)
  }

  const publish = (data: string) =>
    post(new URL('/messages', url), data, options)
  // A browser's own subscription stays: it is there to reach a closed page.
  return leaving(resuming(connect, publish, options), () =>
    agent.leave(fetching(url, {})),
  )
}

/** Where messages start, and what the service worker tells from then on. */
interface Own {
  readonly start: string
  readonly told: Queue<Message>
  readonly stop: () => void
}

/** Subscribes at the push service of this browser, if the reader has set that up and allowed it. */
async function subscribeHere(
  url: URL,
  options: SubscribeOptions,
  after: string | undefined,
): Promise<Own | undefined> {
  const ask = fetching(url, options)
  const query = after === undefined ? '' : `?after=${after}`
  const { text } = await ask('GET', `/messages${query}`)
  const { after: start, applicationServerKey, takesVendors } = JSON.parse(text)
  if (!takesVendors || !isAllowed(url)) return undefined

  // #region subscribe
  const { serviceWorker } = navigator
  await serviceWorker.register('/service-worker.js')
  const { pushManager } = await serviceWorker.ready
  const told = new Queue<Message>()
  const hear = ({ data }: MessageEvent<Message>) => told.put(data)
  serviceWorker.addEventListener('message', hear)
  const stop = () => serviceWorker.removeEventListener('message', hear)
  try {
    const subscribing = pushManager.subscribe({
      userVisibleOnly: true, // Every push shows the user something.
      applicationServerKey,
    })
    const subscription = await beforeDeadline(subscribing, subscribeMs)
    const path = `/subscriptions?after=${start}`
    await ask('POST', path, JSON.stringify(subscription))
    return { start, told, stop }
  } catch {
    stop()
    return undefined // No vendor's service, or one that this server refuses.
  }
  // #endregion subscribe
}

function isAllowed(url: URL): boolean {
  return (
    url.origin === location.origin &&
    'serviceWorker' in navigator &&
    Notification.permission === 'granted'
  )
}

/** There is no connection here that could break: the browser holds its own. */
async function* tellings(
  { start, told, stop }: Own,
  signal: AbortSignal | undefined,
): AsyncGenerator<Arrival> {
  const end = () => told.end()
  signal?.addEventListener('abort', end)
  if (signal?.aborted) end()
  try {
    yield { id: start }
    let last = start
    for await (const message of told) {
      if (isKnown(message.id, last)) continue
      last = message.id
      yield message
    }
  } finally {
    signal?.removeEventListener('abort', end)
    stop()
  }
}
