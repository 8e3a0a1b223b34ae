// Faults that people make, each put into a good lesson: the check of its
// requirement has to find it.

import http from 'node:http'

import sse from '../04-server-sent-events/index.ts'
import webSocket from '../05-websocket/index.ts'
import { parseCursor } from '../cursor.ts'
import type { Deliver, Feed, Message } from '../feed.ts'
import type { RequirementId } from '../lesson.ts'
import { type Lesson, SubscribeError } from '../lesson.ts'
import { Refusal } from '../shared/refusal.ts'
import { sleep } from '../shared/sleep.ts'
import { view } from '../shared/view.ts'
import {
  clientWith,
  delaysWith,
  feedWith,
  messagesWith,
  requestsWith,
  type Spoil,
  serverWith,
  serveWith,
} from './faulty.ts'

export interface Fault {
  readonly breaks: RequirementId
  /** The requirements that cannot be kept either, with this fault. */
  readonly alsoBreaks?: readonly RequirementId[]
  /** Those that are kept or not, as the system's buffers have room or not. */
  readonly mayBreak?: readonly RequirementId[]
  /** What the developer did. */
  readonly text: string
  /** What the check has to say about it. */
  readonly says: RegExp
  /** Nothing happens that should not, but something does not happen: only a deadline shows it. */
  readonly silent?: boolean
  /** A busy machine hides it: the test tries again. */
  readonly hasty?: boolean
  /** Server-Sent Events, if absent. */
  readonly lesson?: Lesson
  readonly spoil: Spoil
}

export const good: Lesson = sse

export const faults: readonly Fault[] = [
  {
    breaks: 'order',
    text: 'The server reads the history in pages of 32, and begins each with the last message of the one before.',
    says: /message 33, "message 33", must be next, got "message 32"/,
    spoil: replayWith((messages) => {
      const last = messages.slice(31, 32)
      return [...messages.slice(0, 32), ...last, ...messages.slice(32)]
    }),
  },
  {
    breaks: 'order',
    alsoBreaks: ['payload', 'resume'],
    text: 'The server sorts what it replays by id, as text: 10 comes before 2.',
    says: /message 2, "message 2", must be next, got "message 10"/,
    spoil: replayWith((messages) =>
      messages.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    ),
  },

  {
    breaks: 'payload',
    alsoBreaks: ['resume', 'fan-out'],
    text: 'The client trims the data.',
    says: /message 2, " a leading space", must be next, got "a leading space"/,
    spoil: messagesWith(async function* (messages) {
      for await (const { id, data } of messages) yield { id, data: data.trim() }
    }),
  },
  {
    breaks: 'payload',
    alsoBreaks: ['publish'],
    text: 'The client takes an empty text for none: if (data).',
    says: /message 1, "", must be next, got " a leading space"/,
    spoil: messagesWith(async function* (messages) {
      for await (const message of messages) if (message.data) yield message
    }),
  },
  {
    breaks: 'payload',
    alsoBreaks: ['publish'],
    text: 'The server writes one line of data for each message.',
    says: /message 3, "two\\nlines", must be next, got "two"/,
    spoil: deliveriesWith((deliver) => ({ id, data }) => {
      const [line = ''] = data.split('\n')
      return deliver({ id, data: line })
    }),
  },

  {
    breaks: 'late-join',
    alsoBreaks: ['fan-out'],
    text: 'The server starts at the beginning when there is no cursor.',
    says: /"while it was away", must be next, got "before anybody came"/,
    spoil: feedWith((feed) => ({
      locate: (cursor) => feed.locate(cursor ?? feed.start),
    })),
  },
  {
    breaks: 'late-join',
    alsoBreaks: ['heartbeat'],
    text: 'The server does not tell where it starts: the first id is that of a message.',
    says: /"while it was away", must be next, got "when it was back"/,
    spoil: requestsWith((_, response) => {
      changeWrites(response, (event) =>
        event.includes('event: start')
          ? event.replace(/^id: .*\n/m, '')
          : event,
      )
    }),
  },

  {
    breaks: 'resume',
    text: 'The server keeps where a client began, and goes on there each time.',
    says: /must be next, got "message 1 ✓"/,
    spoil: feedWith((feed) => {
      let began: string | undefined
      return {
        locate(cursor) {
          const located = feed.locate(began ?? cursor)
          began ??= located
          return located
        },
      }
    }),
  },
  {
    breaks: 'resume',
    alsoBreaks: [
      'order',
      'payload',
      'late-join',
      'gap',
      'release',
      'heartbeat',
      'refuse',
      'shutdown',
    ],
    text: 'The server reads the cursor in the URL, and not the one in Last-Event-ID.',
    says: /message 1, "message 1 ✓", must be next, got "message 21 ✓+"/,
    spoil: requestsWith((request) => delete request.headers['last-event-id']),
  },

  {
    breaks: 'gap',
    text: 'The client tells nobody about gaps.',
    says: /told of the history that it outlived by \{.*lost: 15.*\}, got undefined/s,
    spoil: clientWith((options) => ({ ...options, onGap() {} })),
  },
  {
    breaks: 'gap',
    text: 'The client counts what is lost, and tells of no gap that it cannot count.',
    says: /told of the server that restarted by \{.*lost: undefined.*\}, got undefined/s,
    spoil: clientWith((options) => ({
      ...options,
      onGap: (gap) => gap.lost !== undefined && options.onGap?.(gap),
    })),
  },
  {
    breaks: 'gap',
    text: 'The client goes on after a gap when nobody listens for it.',
    says: /a subscriber without onGap must end with a GapError, got no error/,
    spoil: clientWith((options) => ({ onGap() {}, ...defined(options) })),
  },
  {
    breaks: 'gap',
    text: 'The server skips what it still has, for a client whose messages are gone.',
    says: /told of the history that it outlived by \{.*lost: 15.*\}, got \{.*lost: 20/s,
    spoil: feedWith((feed) => ({
      locate(cursor) {
        const located = feed.locate(cursor)
        return located === cursor ? cursor : feed.present
      },
    })),
  },
  {
    breaks: 'gap',
    alsoBreaks: ['refuse'],
    text: 'The server takes a cursor of another feed, and starts at the present.',
    says: /told of the server that restarted by \{.*-0'.*\}, got \{.*-1'/s,
    spoil: feedWith((feed) => ({
      locate: (cursor) =>
        locateOr(feed, cursor, ({ headers }) => 'feed-start' in headers),
    })),
  },

  {
    breaks: 'fan-out',
    text: 'The server waits until all connections have room before it writes the next message.',
    says: /Waited in vain for message 1, .* while another subscriber does not read/,
    silent: true,
    spoil: feedWith((feed) => {
      const full = new Set<Promise<unknown>>()
      return {
        follow: (cursor, signal, deliver) =>
          feed.follow(cursor, signal, async (message) => {
            await Promise.all(full)
            const drained = deliver(message)
            if (!drained) return
            full.add(drained)
            await drained
            full.delete(drained)
          }),
      }
    }),
  },
  {
    breaks: 'fan-out',
    text: 'The server has room for ten subscribers, and accepts more.',
    says: /Waited in vain for message 1, /,
    silent: true,
    spoil: feedWith((feed) => {
      let count = 0
      return {
        async follow(cursor, signal, deliver) {
          const isSpare = ++count > 10
          await feed.follow(cursor, signal, isSpare ? async () => {} : deliver)
          count--
        },
      }
    }),
  },

  {
    breaks: 'backpressure',
    text: 'The server ignores what `write` returns.',
    says: /must take less than 24 MiB from the feed, and wait; it took 36 of 36/,
    spoil: requestsWith((_, response) => {
      const write = response.write.bind(response)
      response.write = (event: string) => {
        write(event)
        return true
      }
    }),
  },
  {
    breaks: 'backpressure',
    alsoBreaks: ['payload', 'fan-out'],
    mayBreak: ['heartbeat'],
    text: 'The server stops when the connection is full, and never goes on.',
    says: /Waited in vain for message \d+, .* after it read again/,
    silent: true,
    spoil: deliveriesWith(
      (deliver) => (message) =>
        deliver(message) ? new Promise(() => {}) : undefined,
    ),
  },

  {
    breaks: 'release',
    text: 'The server leaves the followers of those who left in the feed.',
    says: /Waited in vain for followers of the feed to go: 8 are left/,
    silent: true,
    spoil: feedWith((feed) => ({
      follow(cursor, signal, deliver) {
        feed.follow(cursor, new AbortController().signal, deliver)
        return new Promise((resolve) => {
          signal.addEventListener('abort', () => resolve())
        })
      },
    })),
  },
  {
    breaks: 'release',
    text: 'The server starts a timer for each subscriber, and ends it when the server closes.',
    says: /Waited in vain for timers of those who left to go: \d are left/,
    silent: true,
    spoil: serverWith((server) => {
      const timers: NodeJS.Timeout[] = []
      server.on('request', () => timers.push(setInterval(() => {}, 1_000)))
      server.on('close', () => timers.forEach(clearInterval))
    }),
  },
  {
    breaks: 'release',
    text: 'The client listens to its signal, and does not stop when its reader does.',
    says: /Waited in vain for listeners .* to go: 3 are left/,
    silent: true,
    spoil: clientWith((options) => {
      options.signal?.addEventListener('abort', () => {})
      return options
    }),
  },
  {
    breaks: 'release',
    text: 'The client keeps its connection when its reader breaks out of the loop.',
    says: /Waited in vain for followers of the feed to go: 3 are left/,
    silent: true,
    spoil: messagesWith(async function* (messages) {
      const iterator = messages[Symbol.asyncIterator]()
      for (;;) {
        const { value, done } = await iterator.next()
        if (done) return
        yield value
      }
    }),
  },

  {
    breaks: 'heartbeat',
    text: 'The server sends nothing while nothing is published.',
    says: /Waited in vain for three signs of life on an idle connection, got 0/,
    silent: true,
    spoil: requestsWith((_, response) => {
      changeWrites(response, (event) => (event === ':\n\n' ? '' : event))
    }),
  },
  {
    breaks: 'heartbeat',
    text: 'The client waits for ever for a server that fell silent.',
    says: /Waited in vain for message 1, "hello" over a new connection/,
    silent: true,
    spoil: clientWith((options) => ({ ...options, heartbeatMs: 1_000_000 })),
  },
  {
    breaks: 'heartbeat',
    text: 'The server never looks whether anybody takes what it sends.',
    says: /Waited in vain for the server to notice that its clients are dead/,
    silent: true,
    spoil: serverWith((server) => {
      server.on('connection', (socket) => {
        socket.setTimeout = () => socket
      })
    }),
  },
  {
    breaks: 'heartbeat',
    text: 'The server of WebSockets leaves the pings to its clients.',
    says: /Waited in vain for three signs of life on an idle connection, got 0/,
    silent: true,
    lesson: webSocket,
    spoil: serveWith((options) => ({ ...options, heartbeatMs: 1_000_000 })),
  },
  {
    breaks: 'heartbeat',
    text: 'The client of WebSockets takes an open one for a living one.',
    says: /Waited in vain for message 1, "hello" over a new connection/,
    silent: true,
    lesson: webSocket,
    spoil: clientWith((options) => ({ ...options, heartbeatMs: 1_000_000 })),
  },

  {
    breaks: 'publish',
    alsoBreaks: ['refuse'],
    text: 'The server answers 201, and forgets the message.',
    says: /Waited in vain for message 1, "hello" that a client published/,
    silent: true,
    spoil: feedWith((feed) => ({
      publish: (data) => ({ id: feed.present, data }),
    })),
  },
  {
    breaks: 'publish',
    text: 'The server reads the body as Latin-1.',
    says: /message 3, "two\\nlines ✓", must be next, got "two\\nlines â/,
    spoil: feedWith((feed) => ({
      publish: (data) => feed.publish(Buffer.from(data).toString('latin1')),
    })),
  },
  {
    breaks: 'publish',
    alsoBreaks: ['refuse', 'origin'],
    text: 'The server does not answer a POST.',
    says: /Waited in vain for the server to take "hello" from a client/,
    silent: true,
    spoil: serverWith((server) => {
      const answers = server.listeners('request')
      server.removeAllListeners('request')
      server.on('request', (request, response) => {
        if (request.method === 'POST') return
        for (const answer of answers) answer.call(server, request, response)
      })
    }),
  },
  {
    breaks: 'publish',
    alsoBreaks: ['refuse'],
    text: 'The client of WebSockets publishes before it is open, and drops the frame.',
    says: /Waited in vain for message 1, "hello" that a client published/,
    silent: true,
    lesson: webSocket,
    spoil: (lesson) => ({
      ...lesson,
      subscribe: (url, options) =>
        Object.assign(lesson.subscribe(url, options), {
          publish: async () => {},
        }),
    }),
  },

  {
    breaks: 'refuse',
    text: 'The server takes a malformed cursor for none.',
    says: /GET \/messages\?after=yesterday must be answered 400, got 200/,
    spoil: feedWith((feed) => ({
      locate: (cursor) =>
        locateOr(feed, cursor, () => parseCursor(cursor ?? '') === undefined),
    })),
  },
  {
    breaks: 'refuse',
    text: 'The server answers an unknown path with its page.',
    says: /GET \/nowhere must be answered 404, got 200/,
    spoil: requestsWith((request) => {
      if (!request.url?.startsWith('/messages')) request.url = '/'
    }),
  },
  {
    breaks: 'refuse',
    text: 'The server takes every method but POST for GET.',
    says: /DELETE \/messages must be answered 405, got 200/,
    spoil: requestsWith((request) => {
      if (request.method !== 'POST') request.method = 'GET'
    }),
  },
  {
    breaks: 'refuse',
    text: 'The server refuses without a word.',
    says: /must be answered with a sentence that says why, got ""/,
    spoil: requestsWith((_, response) => {
      const end = response.end.bind(response)
      response.end = (...rest: unknown[]) =>
        response.statusCode < 400 ? Reflect.apply(end, response, rest) : end()
    }),
  },
  {
    breaks: 'refuse',
    text: 'The client keeps to itself that it was refused.',
    says: /Waited in vain for the subscription to end with an error/,
    silent: true,
    spoil: messagesWith(async function* (messages, signal) {
      try {
        yield* messages
      } catch (error) {
        if (!(error instanceof SubscribeError)) throw error
        await sleep(1_000_000, signal)
      }
    }),
  },
  {
    breaks: 'refuse',
    text: 'The server takes a message of any size.',
    says: /message 1, "y+"… \(1000 .*\), must be next, got "x+"… \(1001 /,
    spoil: serveWith((options) => ({ ...options, maxMessageBytes: undefined })),
  },
  {
    breaks: 'refuse',
    text: 'The server answers 201 to an oversized message, and drops it.',
    says: /Waited in vain for an oversized message to be refused/,
    silent: true,
    spoil: (lesson) => ({
      ...lesson,
      serve(feed, { maxMessageBytes = Infinity, ...options } = {}) {
        const publish = (data: string) =>
          data.length > maxMessageBytes
            ? { id: feed.present, data }
            : feed.publish(data)
        return lesson.serve(view(feed, { publish }), options)
      },
    }),
  },
  {
    breaks: 'refuse',
    text: 'The server goes down over an oversized message.',
    says: /the others must go on publishing, got ConnectionError/,
    spoil: serverWith((server) => {
      server.on('request', (_, response) => {
        response.on('finish', () => {
          if (response.statusCode === 413) server.close()
        })
      })
    }),
  },

  {
    breaks: 'origin',
    text: 'The server does not look at Origin.',
    says: /subscribe by another site must be answered 403, got 200/,
    spoil: requestsWith(({ headers }) => delete headers.origin),
  },
  {
    breaks: 'origin',
    text: 'The server does not look at Host.',
    says: /subscribe by a name that .* pointed here must be answered 403, got 200/,
    spoil: requestsWith(({ headers }) => {
      headers.host = 'localhost'
    }),
  },
  {
    breaks: 'origin',
    text: 'The server leaves a POST to CORS, which only keeps its answer from the page.',
    says: /publish by another site must be answered 403, got 201/,
    spoil: requestsWith(({ method, headers }) => {
      if (method === 'POST') delete headers.origin
    }),
  },
  {
    breaks: 'origin',
    text: 'The server compares only how an origin begins.',
    says: /subscribe by a name that only begins like ours .* 403, got 200/,
    spoil: requestsWith(({ headers }) => {
      if (headers.origin?.startsWith('http://localhost'))
        headers.origin = 'http://localhost'
    }),
  },
  {
    breaks: 'origin',
    text: 'The server takes the origin of a sandboxed page for none.',
    says: /subscribe by a sandboxed page must be answered 403, got 200/,
    spoil: requestsWith(({ headers }) => {
      if (headers.origin === 'null') delete headers.origin
    }),
  },
  {
    breaks: 'origin',
    text: 'The server lets every page read its answers: access-control-allow-origin: *.',
    says: /no CORS must let another site read .*, got .*-allow-origin: \*/,
    spoil: requestsWith((_, response) => {
      response.setHeader('access-control-allow-origin', '*')
    }),
  },
  {
    breaks: 'origin',
    text: 'The server refuses pages on other ports of this machine.',
    says: /a page of this machine must be answered 200 .*, got 403/,
    spoil: requestsWith(({ headers }) => {
      if (headers.origin) headers.origin = 'https://example.com'
    }),
  },
  {
    breaks: 'origin',
    text: 'The server checks requests, and forgets upgrades to WebSocket.',
    says: /upgrade by another site must be answered 403, got 101/,
    lesson: webSocket,
    spoil: serverWith((server) => {
      server.prependListener('upgrade', ({ headers }) => delete headers.origin)
    }),
  },

  {
    breaks: 'shutdown',
    text: 'The server waits until its subscribers leave by themselves.',
    says: /Waited in vain for the server to close: it must end every subscr/,
    silent: true,
    spoil: serverWith((server) => {
      server.close = http.Server.prototype.close
    }),
  },
  {
    breaks: 'shutdown',
    text: 'The server stops listening, keeps its subscribers, and says that it has closed.',
    says: /Waited in vain for the server to close: it must end every subscr/,
    silent: true,
    spoil: serverWith((server) => {
      server.close = (callback) => {
        http.Server.prototype.close.call(server)
        callback?.()
        return server
      }
    }),
  },
  {
    breaks: 'shutdown',
    text: 'The client takes the end of an answer for the end of the subscription.',
    says: /must go on until its signal aborts; this one ended with no error/,
    spoil: clientWith((options) => {
      const { signal = new AbortController().signal, onState } = options
      const end = new AbortController()
      return {
        ...options,
        signal: AbortSignal.any([signal, end.signal]),
        onState(state) {
          onState?.(state)
          if (state.is !== 'waiting') return
          if (state.why === 'the server ended the connection') end.abort()
        },
      }
    }),
  },

  {
    breaks: 'retry',
    text: 'The client always waits as long.',
    says: /delay 3 must lie between 8 and 16 ms, got 4/,
    spoil: delaysWith((_, __, { retryMs = 0 }) => retryMs),
  },
  {
    breaks: 'retry',
    text: 'The client doubles its delays, and leaves nothing to chance.',
    says: /two clients must not come back at the same times, got 4,8,16,32,64,128,256 ms/,
    spoil: delaysWith((_, n, { retryMs = 0 }) => retryMs * 2 ** n),
  },
  {
    breaks: 'retry',
    text: 'The client announces its delays, and asks again at once.',
    says: /7 attempts must take the \d+ ms that the client announced, got \d+$/,
    hasty: true,
    spoil: atOnce,
  },
  {
    breaks: 'retry',
    text: 'The client does not read Retry-After.',
    says: /the server asked for 7,000 ms of peace, got [1-4]$/,
    spoil: delaysWith((delayMs, _, { retryMs = 0 }) =>
      delayMs < 7_000 ? delayMs : retryMs,
    ),
  },
  {
    breaks: 'retry',
    text: 'The client gives up after five attempts.',
    says: /Waited in vain for 7 attempts to reconnect/,
    silent: true,
    spoil: clientWith((options) => {
      const { signal = new AbortController().signal, onState } = options
      const end = new AbortController()
      let failures = 0
      return {
        ...options,
        signal: AbortSignal.any([signal, end.signal]),
        onState(state) {
          onState?.(state)
          if (state.is === 'open') failures = 0
          if (state.is === 'waiting' && ++failures === 5) end.abort()
        },
      }
    }),
  },
]

/** What was published before a subscriber came reaches it changed. */
function replayWith(change: (messages: Message[]) => Message[]): Spoil {
  return feedWith((feed) => ({
    async follow(cursor, signal, deliver) {
      const messages = feed.read(cursor, Infinity)
      for (const message of change(messages)) await deliver(message)
      await feed.follow(messages.at(-1)?.id ?? cursor, signal, deliver)
    },
  }))
}

function deliveriesWith(change: (deliver: Deliver) => Deliver): Spoil {
  return feedWith((feed) => ({
    follow: (cursor, signal, deliver) =>
      feed.follow(cursor, signal, change(deliver)),
  }))
}

/** The present, for a cursor that is refused and should not be. */
function locateOr(
  feed: Feed,
  cursor: string | null | undefined,
  isTaken: (refusal: Refusal) => boolean,
): string {
  try {
    return feed.locate(cursor)
  } catch (error) {
    if (error instanceof Refusal && isTaken(error)) return feed.present
    throw error
  }
}

/** The events that a server writes are other ones; an empty one is not written. */
function changeWrites(
  response: http.ServerResponse,
  change: (event: string) => string,
): void {
  const write = response.write.bind(response)
  response.write = (event: string) => {
    const changed = change(event)
    return changed === '' || write(changed)
  }
}

/** An option that is there and undefined counts as absent. */
function defined<Options extends object>(options: Options): Options {
  const entries = Object.entries(options)
  return Object.fromEntries(
    entries.filter(([, value]) => value !== undefined),
  ) as Options
}

/** Waits for nothing, and announces what it should have waited. */
function atOnce(lesson: Lesson): Lesson {
  const impatient = serveWith((options) => ({ ...options, retryMs: 0 }))
  const announce = delaysWith(
    (_, n, { retryMs = 0 }) => retryMs * 2 ** n * (0.9 + Math.random() / 10),
  )
  const { serve } = impatient(lesson)
  const eager = clientWith((options) => ({ ...options, retryMs: 0 }))
  return { ...lesson, serve, subscribe: announce(eager(lesson)).subscribe }
}
