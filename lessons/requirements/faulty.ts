// The places where a lesson can be given a fault: what its server sees of the
// feed, its server, the requests to it, its client, and what that hands out.

import type http from 'node:http'

import type { Feed, Message } from '../feed.ts'
import type { Lesson, ServeOptions, SubscribeOptions } from '../lesson.ts'
import { view } from '../shared/view.ts'

/** Turns a good lesson into one with a fault. */
export type Spoil = (lesson: Lesson) => Lesson

/** The server sees some methods of the feed as they should not be. */
export function feedWith(change: (feed: Feed) => Partial<Feed>): Spoil {
  return (lesson) => ({
    ...lesson,
    serve: (feed, options) => lesson.serve(view(feed, change(feed)), options),
  })
}

export function serveWith(
  change: (options: ServeOptions) => ServeOptions,
): Spoil {
  return (lesson) => ({
    ...lesson,
    serve: (feed, options = {}) => lesson.serve(feed, change(options)),
  })
}

export function serverWith(change: (server: http.Server) => void): Spoil {
  return (lesson) => ({
    ...lesson,
    serve(feed, options) {
      const server = lesson.serve(feed, options)
      change(server as http.Server)
      return server
    },
  })
}

/** The lesson gets to see each request, and its response, after the change. */
export function requestsWith(
  change: (
    request: http.IncomingMessage,
    response: http.ServerResponse,
  ) => unknown,
): Spoil {
  return serverWith((server) => server.prependListener('request', change))
}

export function clientWith(
  change: (options: SubscribeOptions) => SubscribeOptions,
): Spoil {
  return (lesson) => ({
    ...lesson,
    subscribe: (url, options = {}) => lesson.subscribe(url, change(options)),
  })
}

/** The client announces other delays than it waits. */
export function delaysWith(
  change: (delayMs: number, n: number, options: SubscribeOptions) => number,
): Spoil {
  return clientWith((options) => {
    let n = 0
    return {
      ...options,
      onState(state) {
        if (state.is === 'open') n = 0
        options.onState?.(
          state.is === 'waiting'
            ? { ...state, delayMs: change(state.delayMs, n++, options) }
            : state,
        )
      },
    }
  })
}

export function messagesWith(
  change: (
    messages: AsyncIterable<Message>,
    signal: AbortSignal | undefined,
  ) => AsyncGenerator<Message, void, undefined>,
): Spoil {
  return (lesson) => ({
    ...lesson,
    subscribe(url, options) {
      const subscription = lesson.subscribe(url, options)
      return Object.assign(change(subscription, options?.signal), {
        publish: (data: string) => subscription.publish(data),
      })
    },
  })
}
