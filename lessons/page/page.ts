// What the bare pages of all lessons share: the state of the connection, the
// messages, and a box to publish one. The lesson's own part is `subscribe`.

import {
  describeGap,
  type SubscribeOptions,
  type Subscription,
} from '../lesson.ts'
import { describeLeft, describeState } from './describe.ts'
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
 * Follows the feed of this page's server, and shows what happens. Options come
 * from the page's address, such as `?after=k3f9x2-42&retryMs=50`, and from
 * inputs that are named for one.
 */
export function show(subscribe: Subscribe): void {
  let { after, ...options } = optionsOf(new URLSearchParams(location.search))
  const inputs = document.querySelectorAll<HTMLInputElement>('main [name]')
  part('main').insertAdjacentHTML('beforeend', controls)
  const status = part('[role=status]')
  const toggle = part('.connection button')
  const publish = part<HTMLButtonElement>('form button')
  const list = new MessageList(part('.messages ol'))

  let subscription: Subscription
  let left = new AbortController()
  let isOver = false

  function tell(state: string, text: string): void {
    status.dataset.state = state
    status.textContent = text
    isOver = state === 'left' || state === 'failed'
    toggle.textContent = isOver ? 'Reconnect' : 'Disconnect'
    publish.disabled = isOver
  }

  /** Subscribes after the last message received. */
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
      if (signal.aborted) return
      tell('failed', `Ended: ${(error as Error).message}`)
    }
  }

  function leave(): void {
    left.abort()
    tell('left', describeLeft(after))
  }

  toggle.onclick = () => (isOver ? follow() : leave())
  for (const input of inputs) {
    const isSwitch = input.type === 'checkbox'
    const given = options[input.name]
    if (isSwitch) input.checked = Number(given) > 0
    else input.value = String(given ?? input.value)
    input.onchange = () => {
      if (!input.reportValidity()) return
      const chosen = isSwitch ? Number(input.checked) : input.valueAsNumber
      options = { ...options, [input.name]: chosen }
      if (!isOver) follow()
    }
  }
  publishBox(part('form'), (data) => subscription.publish(data))
  follow()
}

type Options = Record<string, string | number>

function optionsOf(query: URLSearchParams): Options & SubscribeOptions {
  const options: Options = {}
  for (const [name, value] of query)
    options[name] = name.endsWith('Ms') ? Number(value) : value
  return options
}
