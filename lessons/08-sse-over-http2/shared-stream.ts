// One stream for all tabs. A worker or one of the tabs holds it, and tells the
// others on a BroadcastChannel what arrives.

import { eventsAfter } from '../04-server-sent-events/browser.ts'
import { parseCursor } from '../cursor.ts'
import {
  type ConnectionState,
  SubscribeError,
  type SubscribeOptions,
} from '../lesson.ts'
import { ConnectionError, connectionError } from '../shared/connection-error.ts'
import { Queue } from '../shared/queue.ts'
import type { Arrival } from '../shared/resuming.ts'

type Said =
  /** A tab says where it is, when it comes and when it has missed something. */
  | { readonly is: 'ask'; readonly after: string | undefined }
  /** The holder says what came after `from`: there is nothing between the two. */
  | { readonly is: 'arrival'; from: string; id: string; data?: string }
  | { readonly is: 'state'; readonly state: ConnectionState }
  | { readonly is: 'failed'; readonly error: Failure }

type Failure = Pick<Error, 'name' | 'message'> & Partial<SubscribeError>

// #region hold
/** Holds the stream, from the cursor on, until `signal` aborts or the server refuses. */
export async function hold(
  messages: URL,
  after: string | undefined,
  signal: AbortSignal,
): Promise<void> {
  const channel = new BroadcastChannel(messages.href)
  const say = (said: Said) => channel.postMessage(said)
  const onState = (state: ConnectionState) => say({ is: 'state', state })
  let cursor = after
  let again = new AbortController()
  channel.onmessage = ({ data: said }: MessageEvent<Said>) => {
    if (said.is !== 'ask' || cursor === undefined) return
    if (distance(said.after, cursor) > 0) {
      // The server has what this tab lacks. Those that have it will skip it.
      cursor = said.after
      again.abort()
    } else say({ is: 'arrival', from: cursor, id: cursor })
  }
  try {
    while (!signal.aborted) {
      again = new AbortController()
      const ended = AbortSignal.any([signal, again.signal])
      const options = { signal: ended, onState }
      for await (const arrival of eventsAfter(cursor, messages, options)) {
        if (ended.aborted) break
        const { id = '', data } = arrival
        say({ is: 'arrival', from: cursor ?? id, id, data })
        cursor = id
      }
    }
  } catch (error) {
    say({ is: 'failed', error: failure(error) })
  } finally {
    channel.close()
  }
}
// #endregion hold

// #region hear
/** What whoever holds the stream tells, after the cursor: all of it, and all of it once. */
export async function* hear(
  messages: URL,
  after: string | undefined,
  { signal, onState = () => {} }: SubscribeOptions,
): AsyncGenerator<Arrival, void, undefined> {
  const channel = new BroadcastChannel(messages.href)
  const heard = new Queue<Said>()
  const leave = () => heard.end()
  signal?.addEventListener('abort', leave)
  channel.onmessage = ({ data }: MessageEvent<Said>) => heard.put(data)
  let cursor = after
  let asked: string | undefined
  const ask = () => {
    asked = cursor
    channel.postMessage({ is: 'ask', after: cursor } satisfies Said)
  }
  ask()
  try {
    for await (const said of heard) {
      if (signal?.aborted) return
      if (said.is === 'failed') throw thrown(said.error)
      if (said.is === 'state') onState(said.state)
      if (said.is !== 'arrival') continue
      const { from, id, data } = said
      const isPosition = data === undefined
      // Something between the two did not get here. To ask once is enough, until
      // somebody new holds the stream: that one begins with its position.
      if (distance(cursor, from) > 0) {
        if (asked !== cursor || isPosition) ask()
      } else if (distance(cursor, id) <= 0) yield { id: cursor }
      else {
        cursor = id
        yield { id, data }
      }
    }
  } finally {
    signal?.removeEventListener('abort', leave)
    channel.close()
  }
}
// #endregion hear

/** How many messages lie between two cursors; NaN when they are not of one feed. */
function distance(from: string | undefined, to: string): number {
  const start = parseCursor(from ?? '')
  const end = parseCursor(to)
  if (start?.feed !== end?.feed) return Number.NaN
  return (end?.position ?? 0) - (start?.position ?? 0)
}

/** An error in a form that gets through a channel: its class does not. */
function failure(error: unknown): Failure {
  const { name, message, ...wishes } = error as SubscribeError
  return { ...wishes, name, message }
}

function thrown({ name, message, status = 0, ...wishes }: Failure): Error {
  if (name === 'SubscribeError')
    return new SubscribeError(message, status, wishes)
  return connectionError(new ConnectionError(message))
}
