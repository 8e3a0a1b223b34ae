// Web Push, client side: a program in the place of a browser. It collects what
// the push service has kept, decrypts and acknowledges it.

import { pushedBytes, untilEnd } from '../06-http2-server-push/pushed-text.ts'
import type { SubscribeOptions, Subscription } from '../lesson.ts'
import {
  ask,
  breakOff,
  connected,
  opened,
  post,
} from '../shared/http2-client.ts'
import { Queue } from '../shared/queue.ts'
import { type Arrival, resuming } from '../shared/resuming.ts'
import { asking } from './asking.ts'
import { makeKeys } from './decrypt.ts'
import { leaving } from './leaving.ts'
import { type Pushed, UserAgent } from './user-agent.ts'

export function subscribe(
  url: URL,
  options: SubscribeOptions = {},
): Subscription {
  const { ca, heartbeatMs = 15_000 } = options
  const limitMs = 2 * heartbeatMs
  // It outlives every connection, like a browser's subscription.
  const agent = new UserAgent(makeKeys)

  async function* connect(after: string | undefined): AsyncGenerator<Arrival> {
    const session = connected(url, options)
    const pushes = new Queue<Pushed>()

    // #region pushes
    session.on('stream', (pushed, { ':path': path = '' }) => {
      const body = pushedBytes(pushed, limitMs)
      body.catch(() => {}) // Whoever waits for it is told.
      pushes.put({ path, body })
    })
    const wire = {
      ask: asking(session, url, limitMs),
      async hold(subscription: string) {
        const held = ask(session, { ':path': subscription })
        await opened(url, held)
        untilEnd(held, limitMs).then((error) => pushes.end(error))
      },
    }
    // #endregion pushes

    try {
      const start = await agent.open(wire, after)
      yield { id: start }
      yield* agent.receive(pushes, wire, start)
    } finally {
      breakOff(session)
    }
  }

  async function leave(): Promise<void> {
    if (!agent.isSubscribed) return
    const session = connected(url, { ca })
    await agent.leave(asking(session, url, limitMs))
    breakOff(session)
  }

  const publish = (data: string) => post(url, data, options)
  return leaving(resuming(connect, publish, options), leave)
}
