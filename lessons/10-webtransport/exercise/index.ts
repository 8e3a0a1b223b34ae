// What is wrong with this folder's server, from easy to hard.

import type { Exercise } from '../../exercise.ts'
import { oneStream } from './checks.ts'

const sends = 'else if (!stream.write(line)) return drained(stream, gone)'

export default {
  files: ['server.ts'],
  steps: [
    {
      check: oneStream,
      brings: ['fan-out', 'publish', 'retry'],
      why: 'Streams do not wait for each other: that is their point. With a packet lost, message 2 is there before message 1, and your reader has an order that nobody sent.',
      hints: [
        'Which of two streams is there first, when a packet of the first one is lost?',
        'The other one. What has an order belongs on one stream, opened once for each session. Its first line has no message: it tells where it starts, as a client that loses its connection at once has to know that.',
        "Before `follow`: `const stream = await session.openStream('unidirectional')` and `stream.write(encodeLine({ id: feed.present }))`; and in it only `stream.write(encodeLine(message))`. Take the cursor, `const cursor = feed.present`, before the stream is opened, and follow from there: what is published meanwhile would be lost.",
      ],
      read: '#the-server',
      look: /openStream\(/,
      standard: {
        quote:
          'QUIC does not provide any means of ensuring ordering between bytes on different streams.',
        url: 'https://www.rfc-editor.org/rfc/rfc9000.html#section-2',
      },
      faults: [
        {
          text: 'Each message has a stream of its own.',
          says: /^all lines must come on one stream, which keeps their order, got them on 4/,
          put: [
            [
              sends,
              "else return session.openStream('unidirectional').then((own) => own.end(line))",
            ],
          ],
        },
        {
          text: 'The stream does not tell where it starts.',
          says: /^Waited in vain for a line \{"id":"\S+"\} and three messages, got 3 lines on 1 streams/,
          put: [['stream.write(encodeLine({ id: cursor }))', '']],
        },
      ],
    },
    {
      check: 'resume',
      deadlineMs: 10_000,
      brings: ['order', 'payload', 'late-join', 'gap', 'refuse'],
      why: 'A phone that changes its network may keep its connection of QUIC; one that was away for a minute has lost it, and its session. It comes back with a cursor, and a server that does not read that loses messages.',
      hints: [
        'The client comes back with `?after=` and the id of its last message. What does this server do with it?',
        'A subscriber is a cursor. The request for a session is looked at before there is one: `afterOf` of `lessons/shared/router.ts` finds the cursor in it, and `feed.locate` makes a place of it, or refuses the session.',
        'In the function that takes the request: `(request) => { const cursor = feed.locate(afterOf(request)); return async (session, gone) => { … } }`, and then `cursor` in the first line and in `follow`.',
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
      // It moves 36 MiB, and QUIC is made of small packets.
      deadlineMs: 15_000,
      why: '`write` takes everything. What one stalled phone does not read piles up in your memory, and with a few of them the server ends for everybody.',
      hints: [
        '`stream.write` returns something, and this server does not look at it.',
        'When it returns `false`, wait for the event `drain` before the next message: `feed.follow` waits for the promise that its callback returns. Each stream has a window of its own, so nobody else waits.',
        '`if (!stream.write(encodeLine(message))) return drained(stream, gone)`, with `drained` of `lessons/shared/drained.ts`.',
      ],
      read: '#the-server',
      look: /stream\.write\(|stream\.end\(/,
      faults: [
        {
          text: 'The server does not look at what write returns.',
          says: /the server must take less than 24 MiB from the feed, and wait; it took 36 of 36/,
          put: [[sends, 'else stream.write(line)']],
        },
      ],
    },
    {
      check: 'release',
      // What is still there after it is there for ever.
      deadlineMs: 6_000,
      brings: ['heartbeat', 'shutdown'],
      why: 'An interval that outlives its session runs as long as the process. And a session that the server never ends keeps its client from going elsewhere when the server closes.',
      hints: [
        'Five clients came and left. What of them is still there?',
        'Whatever a session needs ends with its signal, `gone`. The sign of life belongs on the stream, where a client waits for it; a datagram may be lost.',
        "In the place of `setInterval`: `every(heartbeatMs, gone, () => stream.write(emptyLine))`, of `lessons/shared/every.ts` and `lessons/03-http-streaming/json-lines.ts`, after the stream is open. And after `await feed.follow(…)`: `stream.end()` and `session.close(0, 'The server restarts.')`.",
      ],
      read: '#the-server',
      look: /setInterval\(|every\(/,
      faults: [
        {
          text: 'The interval outlives its session.',
          says: /^Waited in vain for timers of those who left to go: \d+ are left/,
          put: [
            [
              'every(heartbeatMs, gone, () => stream.write(emptyLine))',
              'setInterval(() => stream.write(emptyLine), heartbeatMs)',
            ],
          ],
        },
        {
          text: 'The loop of a session outlives it.',
          says: /^Waited in vain for followers of the feed to go: \d+ are left/,
          put: [
            [
              'await feed.follow(cursor, gone, (message) => {',
              'await feed.follow(cursor, new AbortController().signal, (message) => {',
            ],
          ],
        },
      ],
    },
  ],
} satisfies Exercise
