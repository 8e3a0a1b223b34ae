// The first remedy: one stream for all that a page wants to know, instead of one
// for each.

import type { Message } from '../feed.ts'
import { topicOf } from './topics.ts'

export interface TopicStreamOptions {
  /** The cursor after the last message already received. */
  after?: string
  /** Told when the stream has begun: what is published from now on will come. */
  onStart?: () => void
  /** Told when messages are lost for good: any topic may have had some of them. */
  onGap?: (after: string, resumedAt: string) => void
  /** Told when the server refuses: an EventSource does not come back then. */
  onEnd?: () => void
}

/**
 * Follows several topics of the server at `url`, each with its own handler.
 *
 * @returns what closes the stream
 */
export function followTopics(
  url: URL,
  handlers: Readonly<Record<string, (message: Message) => void>>,
  options: TopicStreamOptions = {},
): () => void {
  const { after, onStart, onGap, onEnd } = options
  const from = new URL('/messages', url)
  from.searchParams.set('topics', Object.keys(handlers).join())
  if (after !== undefined) from.searchParams.set('after', after)

  // #region follow
  const source = new EventSource(from)
  source.onmessage = ({ lastEventId, data }) => {
    handlers[topicOf(data) ?? '']?.({ id: lastEventId, data })
  }
  // Ids jump here, over the messages of other topics, so a jump tells nothing.
  // The server does: where the browser asked to go on, and where it can.
  source.addEventListener('start', ({ data: asked, lastEventId }) => {
    if (asked !== '' && asked !== lastEventId) onGap?.(asked, lastEventId)
    onStart?.()
  })
  source.onerror = () => {
    if (source.readyState === EventSource.CLOSED) onEnd?.()
  }
  // #endregion follow
  return () => source.close()
}
