// What is wrong with this folder's server, from easy to hard.

import type { Exercise } from '../../exercise.ts'
import { allowed, refused } from './checks.ts'

const standard = 'https://www.rfc-editor.org/rfc/rfc9113.html'

const pushes = 'return push(stream, path, text, data)'

/** A push that looks at nothing; `then` is what is done with its stream. */
const carelessly = (then: string) =>
  `return new Promise((resolve) => stream.pushStream({ ':path': path }, (error, pushed) => {
          if (error) throw error
          ${then}
          pushed.respond({ ':status': 200, ...text })
          pushed.end(data)
        }))`

export default {
  files: ['server.ts'],
  plain: true,
  steps: [
    {
      check: refused,
      why: 'Nobody has asked for what you push: every client may refuse it, at any time, and a browser that has the file does. An error of a stream that nobody listens for ends the process.',
      hints: [
        'The client resets the stream that was promised. What does Node make of that, on the stream that you write to?',
        'An event, `error`, and whoever does not listen for it ends with it. And `pushStream` calls back with an error when the connection has gone meanwhile; thrown there, nobody catches it.',
        "In the callback: `if (error || pushed.destroyed) return`, and then `pushed.on('error', () => {})`.",
      ],
      read: '#the-server',
      look: /pushStream\(|push\(stream/,
      standard: {
        quote:
          "If the client determines, for any reason, that it does not wish to receive the pushed response from the server or if the server takes too long to begin sending the promised response, the client can send a RST_STREAM frame, using either the CANCEL or REFUSED_STREAM code and referencing the pushed stream's identifier.",
        url: `${standard}#section-8.4.2`,
      },
      faults: [
        {
          text: 'The error of a stream that is refused is nobody’s.',
          says: /nobody caught it: Error \[ERR_HTTP2_STREAM_ERROR\]|nobody caught it: .*NGHTTP2_REFUSED_STREAM/,
          put: [[pushes, carelessly("pushed.once('close', resolve)")]],
        },
      ],
    },
    {
      check: allowed,
      why: 'Every browser announces ENABLE_PUSH=0 today. To them `pushStream` throws, and whoever does not ask first has an answer that breaks off with the first message.',
      hints: [
        'What does the client say in its SETTINGS, before it asks for anything?',
        'Node keeps that as `stream.pushAllowed`. To a client without push, say where the message is, and let it ask: that is a line of JSON, and a route for each message.',
        'In the callback of `follow`: `if (!stream.pushAllowed) { response.write(encodeLine({ path })); return undefined }`, with `encodeLine` of `lessons/03-http-streaming/json-lines.ts`. And beside `...publishRoute(feed, options)`: `...withoutPush(feed)` of `lessons/06-http2-server-push/without-push.ts`, which answers for each path.',
      ],
      read: '#the-server',
      look: /pushStream\(|pushAllowed/,
      standard: {
        quote:
          'A server MUST NOT send a PUSH_PROMISE frame if it receives this parameter set to a value of 0; see Section 8.4.',
        url: `${standard}#section-6.5.2`,
      },
      faults: [
        {
          text: 'The server pushes without asking whether it may.',
          says: /^a line \{"path".*\} must come, got "\\n" and the end of the stream/,
          put: [['if (stream.pushAllowed) return push(', 'return push(']],
        },
        {
          text: 'The server has no answer for the paths that it tells.',
          says: /^GET \/messages\/\S+ must be answered 200 with its data, got 404/,
          put: [['    ...withoutPush(feed),\n', '']],
        },
      ],
    },
    {
      check: 'resume',
      brings: ['order', 'payload', 'late-join', 'gap', 'refuse', 'fan-out'],
      why: 'A connection that breaks takes all its streams along, those that were promised too. The client comes back with the id of its last message; a server that does not read that loses messages, and nobody is told.',
      hints: [
        'The client comes back with `?after=` and the id of its last message. What does this server do with it?',
        'A subscriber is a cursor. `afterOf` of `lessons/shared/router.ts` finds it in a request, and `feed.locate` makes a place of it, or refuses it.',
        'First in the route: `const cursor = feed.locate(afterOf(request))`, and then `cursor` in the place of `feed.present`, in the `etag` and in `follow`.',
      ],
      read: '#the-server',
      look: /feed\.present|feed\.locate\(/,
      faults: [
        {
          text: 'The server does not read the cursor.',
          says: /^(message \d+, "message \d+ .*", must be next, got|Waited in vain for message \d+|it was told of a gap)/,
          put: [['feed.locate(afterOf(request))', 'feed.locate()']],
        },
      ],
    },
    {
      check: 'backpressure',
      // It moves 36 MiB.
      deadlineMs: 6_000,
      why: 'Each push is a stream with a buffer of its own, and flow control holds back what is in them, not how many there are. What one stalled client does not take piles up in your memory, a stream for each message.',
      hints: [
        'When is a push over? And how many are there at a time?',
        'When its stream is closed, all of it sent, or refused. `feed.follow` waits for the promise that its callback returns: one push at a time, and the messages wait in the history, which all subscribers share.',
        'All of that is `push` of `lessons/06-http2-server-push/push.ts`: `return push(stream, path, text, data)` in the place of `pushStream`.',
      ],
      read: '#the-server',
      look: /pushStream\(|push\(stream/,
      standard: {
        quote:
          "If a call to stream.write(chunk) returns false, the 'drain' event will be emitted when it is appropriate to resume writing data to the stream.",
        url: 'https://nodejs.org/api/stream.html#event-drain',
      },
      faults: [
        {
          text: 'A push is taken for over as soon as it has begun.',
          says: /the server must take less than 24 MiB from the feed, and wait; it took 36 of 36/,
          put: [[pushes, 'return void push(stream, path, text, data)']],
        },
      ],
    },
    {
      check: 'release',
      // What is still there after it is there for ever.
      deadlineMs: 1_500,
      brings: ['heartbeat', 'shutdown'],
      why: 'An interval that outlives its client runs as long as the process: a server that many people visit for a moment grows slower every day.',
      hints: [
        'Five clients came and left. What of them is still there?',
        'Whatever a client needs ends with its signal, `gone`. And once `feed.follow` has ended the answer must end, too, or the server never closes.',
        'In the place of `setInterval`: `every(heartbeatMs, gone, () => response.write(emptyLine))`, of `lessons/shared/every.ts` and `lessons/03-http-streaming/json-lines.ts`. After `await feed.follow(…)`: `response.end()`.',
      ],
      read: '#the-server',
      look: /setInterval\(|every\(/,
      faults: [
        {
          text: 'The interval outlives its client.',
          says: /^Waited in vain for timers of those who left to go: \d+ are left/,
          put: [
            [
              "every(heartbeatMs, gone, () => response.write('\\n'))",
              "setInterval(() => response.write('\\n'), heartbeatMs)",
            ],
          ],
        },
        {
          text: 'The loop of a client outlives it.',
          says: /^Waited in vain for followers of the feed to go: \d+ are left/,
          put: [
            [
              'await feed.follow(cursor, gone, ({ id, data }) => {',
              'await feed.follow(cursor, new AbortController().signal, ({ id, data }) => {',
            ],
          ],
        },
      ],
    },
  ],
} satisfies Exercise
