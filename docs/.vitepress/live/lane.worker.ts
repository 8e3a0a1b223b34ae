// One lane in a worker of its own: runs the lesson's own browser.ts, and stamps
// each message before anything else that the page does can make it late.

import type { SubscribeOptions, Subscription } from '../../../lessons/lesson.ts'
import type { FromLane, ToLane } from './messages.ts'

interface Client {
  subscribe(url: URL, options: SubscribeOptions): Subscription
}

const clients = import.meta.glob<Client>('../../../lessons/*/browser.ts')

let subscription: Subscription | undefined
/** Resolved unless the reader is to stop reading. */
let mayRead = Promise.resolve()
let readOn = () => {}

addEventListener('message', ({ data: order }: MessageEvent<ToLane>) => {
  switch (order.do) {
    case 'subscribe':
      return follow(order)
    case 'pause':
      readOn()
      mayRead = new Promise((resolve) => {
        readOn = resolve
      })
      return
    case 'resume':
      return readOn()
    case 'publish':
      return publish(order.data)
  }
})

async function follow({ folder, url, after }: ToLane & { do: 'subscribe' }) {
  try {
    const load = clients[`../../../lessons/${folder}/browser.ts`]
    if (load === undefined) throw new Error(`There is no lesson ${folder}.`)
    const { subscribe } = await load()
    subscription = subscribe(new URL(url), {
      after,
      onState: (state) => say({ say: 'state', state }),
      onGap: (gap) => say({ say: 'gap', gap }),
    })
    for await (const { id, data } of subscription) {
      const atMs = performance.timeOrigin + performance.now()
      say({ say: 'message', id, data, atMs })
      // Who does not ask for the next message does not read.
      await mayRead
    }
  } catch (error) {
    say({ say: 'ended', why: (error as Error).message })
  }
}

async function publish(data: string) {
  try {
    if (subscription === undefined) throw new Error('Nothing is open yet.')
    await subscription.publish(data)
    say({ say: 'published' })
  } catch (error) {
    say({ say: 'refused', why: (error as Error).message })
  }
}

function say(what: FromLane) {
  postMessage(what)
}
