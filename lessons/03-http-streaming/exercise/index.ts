// What is wrong with this folder's server, from easy to hard.

import type { Exercise } from '../../exercise.ts'
import { lines } from './checks.ts'

export default {
  files: ['server.ts'],
  steps: [
    {
      check: 'origin',
      why: 'A page of any site can open a stream to a server that its reader reaches, on the intranet or on this very machine. With `*` it may read the stream, and it may publish as well.',
      hints: [
        'A browser says who is asking, in the headers `Origin` and `Host`. This server looks at neither, and lets everybody read the answer.',
        '`lessons/shared/http-server.ts` looks at both before it hands a request on. It takes routes, by method and path; the one for what is published is there: `publishRoute` in `lessons/shared/router.ts`.',
        "In the place of `createServer`: `return httpServer(import.meta.url, options, { ...publishRoute(feed, options), 'GET /messages'(request, response, gone) { … } })`. What answers GET moves into that route; what answers POST goes, and so does the header that lets everybody in.",
      ],
      read: '#the-server',
      look: /createServer\(|httpServer\(/,
      standard: {
        quote:
          'The `Origin` request header indicates where a fetch originates from.',
        url: 'https://fetch.spec.whatwg.org/#origin-header',
      },
      faults: [
        {
          text: 'A foreign site was let in for a test, and stayed.',
          says: /^subscribe by another site must be answered 403, got 200/,
          put: [
            [
              'return httpServer(import.meta.url, options, {',
              "return httpServer(import.meta.url, { ...options, origins: ['https://example.com'] }, {",
            ],
          ],
        },
      ],
    },
    {
      check: lines,
      brings: ['fan-out', 'retry'],
      why: 'What you write as one chunk may come as two, and two may come as one: TCP carries bytes, and every proxy cuts them as it likes. On your machine, one message at a time, it looks as if chunks were messages.',
      hints: [
        'Two messages follow each other at once. How is the reader to know where the first one ends?',
        'A JSON text has no line break in it, so a line break can end it. The type of such an answer is application/x-ndjson. And let the first line tell where the stream starts: without a message, the reader has no cursor yet.',
        'All of it is in `lessons/03-http-streaming/json-lines.ts`: `encodeLine(message)` for each message. Before the first one `response.write(encodeLine({ id: feed.present }))`, and the headers as `lessons/03-http-streaming/server.ts` has them, with the type of `lessons/03-http-streaming/expect-lines.ts`.',
      ],
      read: '#on-the-wire',
      look: /JSON\.stringify\(message|encodeLine\(|encode\(|writeHead\(200/,
      standard: {
        quote:
          'Each JSON text MUST conform to the [RFC8259] standard and MUST be written to the stream followed by the newline character \\n (0x0A).',
        url: 'https://github.com/ndjson/ndjson-spec#31-serialization',
      },
      faults: [
        {
          text: 'The line break is left out.',
          says: /^Waited in vain for a line for each of two messages, got "\{/,
          put: [
            [
              'encodeOnce(encodeLine)',
              'encodeOnce((message) => JSON.stringify(message))',
            ],
          ],
        },
        {
          text: 'The stream does not tell where it starts.',
          says: /^Waited in vain for an answer, whose first line tells where the stream starts/,
          put: [['response.write(encodeLine({ id: cursor }))', '']],
        },
      ],
    },
    {
      check: 'resume',
      brings: ['order', 'payload', 'late-join', 'gap', 'publish', 'refuse'],
      why: 'A phone that changes its network breaks the connection. The client comes back and says what it has; a server that does not listen to that loses messages, and nobody is told.',
      hints: [
        'The client comes back with `?after=` and the id of its last message. What does this server do with it?',
        'A subscriber is a cursor. Give each request a `feed.follow` of its own, from the cursor that it brings: what was missed and what is new are one loop then, and nobody needs the set of `clients`.',
        'In the route, made `async`: `const cursor = feed.locate(afterOf(request))`, with `afterOf` of `lessons/shared/router.ts`; its first line tells that cursor; and at the end `await feed.follow(cursor, gone, (message) => { response.write(encodeLine(message)) })`. `locate` refuses what is no cursor, so it comes before `writeHead`; `gone` aborts when this client has left.',
      ],
      read: '#the-server',
      look: /feed\.follow\(/,
      faults: [
        {
          text: 'The server does not read the cursor.',
          says: /^message \d+, "message \d+ .*", must be next, got "message \d+/,
          put: [['feed.locate(afterOf(request))', 'feed.locate()']],
        },
        {
          text: 'The server goes on one message too late.',
          says: /^message \d+, "message \d+ .*", must be next, got "message \d+/,
          put: [
            [
              'await feed.follow(cursor, gone, (message) => {',
              'let first = true\n      await feed.follow(cursor, gone, (message) => {\n        if (first) return void (first = false)',
            ],
          ],
        },
      ],
    },
    {
      check: 'backpressure',
      // It moves 36 MiB.
      deadlineMs: 6_000,
      why: '`write` takes everything. What one stalled phone does not read piles up in your memory, and with a few of them the server ends for everybody.',
      hints: [
        '`response.write` returns something, and this server does not look at it.',
        'When it returns `false`, wait for the event `drain` before the next message: `feed.follow` waits for the promise that its callback returns, and the messages wait in the history, which all subscribers share.',
        '`const hasRoom = response.write(encodeLine(message))`, and then `if (!hasRoom) return drained(response, gone)`, with `drained` of `lessons/shared/drained.ts`.',
      ],
      read: '#the-server',
      look: /\.write\((JSON|encode)/,
      standard: {
        quote:
          "If a call to stream.write(chunk) returns false, the 'drain' event will be emitted when it is appropriate to resume writing data to the stream.",
        url: 'https://nodejs.org/api/stream.html#event-drain',
      },
      faults: [
        {
          text: 'The server does not look at what write returns.',
          says: /the server must take less than 24 MiB from the feed, and wait; it took 36 of 36/,
          put: [
            [
              'if (!hasRoom) return drained(response, gone)',
              'return hasRoom ? undefined : undefined',
            ],
          ],
        },
      ],
    },
    {
      check: 'release',
      // What is still there after it is there for ever.
      deadlineMs: 800,
      brings: ['heartbeat', 'shutdown'],
      why: 'An interval that outlives its client runs as long as the process: a server that many people visit for a moment grows slower every day. And one that never looks at its dead clients keeps them all.',
      hints: [
        'Five clients came and left. What of them is still there?',
        'Whatever a client needs ends with its signal, `gone`: a timer needs a `clearInterval` when it aborts. Once `feed.follow` has ended the answer must end, too, or the server never closes.',
        'In the place of `setInterval`: `heartbeat(response, heartbeatMs, gone, emptyLine)`, of `lessons/shared/heartbeat.ts` and `lessons/03-http-streaming/json-lines.ts`. It also cuts a client that takes nothing for two heartbeats. After `await feed.follow(…)`: `response.end()`.',
      ],
      read: '#the-server',
      look: /setInterval\(|every\(|heartbeat\(/,
      faults: [
        {
          text: 'The interval outlives its client.',
          says: /^Waited in vain for timers of those who left to go: \d+ are left/,
          put: [
            [
              'heartbeat(response, heartbeatMs, gone, emptyLine)',
              'setInterval(() => response.write(emptyLine), heartbeatMs)',
            ],
          ],
        },
        {
          text: 'The loop of a client outlives it.',
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
