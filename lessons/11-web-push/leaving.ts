// Runs in Node and in browsers.

import type { Subscription } from '../lesson.ts'
import { beforeDeadline } from '../shared/alive.ts'

/** How long a goodbye may take. */
const goodbyeMs = 2_000

/** A subscription that says goodbye when it ends, however it ends. */
export function leaving(
  subscription: Subscription,
  leave: () => Promise<void>,
): Subscription {
  async function* messages() {
    try {
      yield* subscription
    } finally {
      // Nobody there to hear it: then the subscription expires by itself.
      await beforeDeadline(leave(), goodbyeMs).catch(() => {})
    }
  }
  const publish = (data: string) => subscription.publish(data)
  return Object.assign(messages(), { publish })
}
