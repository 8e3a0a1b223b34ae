// The second remedy: a SharedWorker holds the stream for all tabs. It lives as
// long as one of them does.

import type { SubscribeOptions, Subscription } from '../lesson.ts'
import { ConnectionError } from '../shared/connection-error.ts'
import { post } from '../shared/fetch-client.ts'
import { type Arrival, resuming } from '../shared/resuming.ts'
import { hear } from './shared-stream.ts'

export function subscribe(
  url: URL,
  options: SubscribeOptions = {},
): Subscription {
  const messages = new URL('/messages', url)

  // #region connect
  async function* connect(after: string | undefined): AsyncGenerator<Arrival> {
    const broken = new AbortController()
    const { signal = broken.signal } = options
    const either = AbortSignal.any([signal, broken.signal])
    // All tabs that name the same script get the same worker.
    const script = new URL('/stream-worker.js', url)
    const worker = new SharedWorker(script, { type: 'module' })
    worker.onerror = () => broken.abort()
    const leave = stay(worker.port)
    try {
      yield* hear(messages, after, { ...options, signal: either })
    } finally {
      leave()
    }
    if (broken.signal.aborted)
      throw new ConnectionError(`${script} did not load as a shared worker`)
  }
  // #endregion connect

  return resuming(connect, (data) => post(messages, data, options), options)
}

// #region stay
/**
 * Lets the worker know that this tab is here, until the returned function is
 * called or the tab is gone, for whatever reason: no event of a worker tells
 * that. The browser then lets go of the lock, for which the worker waits.
 */
function stay(worker: MessagePort): () => void {
  const name = `tab ${crypto.randomUUID()}`
  let leave = () => {}
  const left = new Promise<void>((resolve) => {
    leave = resolve
  })
  navigator.locks.request(name, () => {
    worker.postMessage(name)
    return left
  })
  return leave
}
// #endregion stay
