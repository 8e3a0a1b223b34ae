// What the bare pages of all lessons share: the state of the connection, the
// messages, and a box to publish one. The lesson's own part is `subscribe`.

import {
  type ConnectionState,
  describeGap,
  type SubscribeOptions,
  type Subscription,
} from '../lesson.ts'
import { MessageList } from './message-list.ts'
import { part } from './part.ts'
import { publishBox } from './publish-box.ts'

type Subscribe = (url: URL, options: SubscribeOptions) => Subscription

const controls = `
  <div class="connection">
    <p role="status"></p>
    <button type="button"></button>
  </div>
  <section class="messages" tabindex="0" aria-label="Messages">
    <ol></ol>
  </section>
  <form>
    <label for="data">Publish a message to every open page</label>
    <input id="data" required autocomplete="off" />
    <button>Publish</button>
    <p role="alert"></p>
  </form>`

/**
 * Follows the feed of this page's server, and shows what happens. The page's
 * address takes options: `?after=k3f9x2-42&retryMs=50`.
 *
 * @returns a function that subscribes anew with other options, after the last
 *   message received
 */
export function show(subscribe: Subscribe) {
  part('main').insertAdjacentHTML('beforeend', controls)
  const status = part('[role=status]')
  const toggle = part('.connection button')
  const publish = part<HTMLButtonElement>('form button')
  const list = new MessageList(part('.messages ol'))

  let { after, ...options } = optionsOf(new URLSearchParams(location.search))
  let subscription: Subscription
  let left = new AbortController()

  function tell(state: string, text: string): void {
    status.dataset.state = state
    status.textContent = text
    const isOver = state === 'left' || state === 'failed'
    toggle.textContent = isOver ? 'Reconnect' : 'Disconnect'
    publish.disabled = isOver
  }

  async function follow(): Promise<void> {
    left.abort()
    left = new AbortController()
    const { signal } = left
    subscription = subscribe(new URL(location.href), {
      ...options,
      after,
      signal,
      onState(state) {
        if (!signal.aborted) tell(state.is, describeState(state))
      },
      onGap(gap) {
        after = gap.resumedAt
        list.addGap(describeGap(gap))
      },
    })
    try {
      for await (const message of subscription) {
        if (signal.aborted) return // The next subscription receives it.
        after = message.id
        list.add(message)
      }
    } catch (error) {
      tell('failed', `Ended: ${(error as Error).message}`)
    }
  }

  function leave(): void {
    left.abort()
    tell('left', describeLeft(after))
  }

  toggle.onclick = () => {
    if (left.signal.aborted || status.dataset.state === 'failed') follow()
    else leave()
  }
  publishBox(part('form'), (data) => subscription.publish(data))
  follow()

  return (changed: SubscribeOptions) => {
    options = { ...options, ...changed }
    if (!left.signal.aborted) follow()
  }
}

function optionsOf(query: URLSearchParams): SubscribeOptions {
  const options: Record<string, string | number> = {}
  for (const [name, value] of query)
    options[name] = name.endsWith('Ms') ? Number(value) : value
  return options
}

function describeState(state: ConnectionState): string {
  switch (state.is) {
    case 'connecting':
      return 'Connecting'
    case 'open':
      return 'Open'
    case 'waiting': {
      const seconds = (state.delayMs / 1_000).toFixed(1)
      return `Waiting ${seconds} s, because: ${state.why}`
    }
  }
}

function describeLeft(after: string | undefined): string {
  return after === undefined
    ? 'Disconnected before the first message: reconnecting starts at the present.'
    : `Disconnected after ${after}. Publish on another page, then reconnect.`
}
