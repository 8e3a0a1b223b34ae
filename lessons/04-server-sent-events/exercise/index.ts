// What is wrong with this folder's server, from easy to hard.

import type { Exercise } from '../../exercise.ts'

const standard =
  'https://html.spec.whatwg.org/multipage/server-sent-events.html'

/** In the place of the shared server: one that asks nobody where they come from. */
const unguarded = `import { createServer } from 'node:http'
const httpServer = (_, __, routes) =>
  createServer((request, response) => {
    response.setHeader('access-control-allow-origin', '*')
    const left = new AbortController()
    response.on('close', () => left.abort())
    const [path] = request.url.split('?')
    const handle = routes[\`\${request.method} \${path}\`]
    if (handle) handle(request, response, left.signal)
    else response.end()
  })
`

export default {
  files: ['server.ts'],
  steps: [
    {
      check: 'origin',
      brings: ['refuse'],
      why: 'A page of any site can open a stream to a server that its reader reaches, on the intranet or on this very machine. With `*` it may read the stream, and it may publish as well.',
      hints: [
        'Who is asking? A browser says so in two headers, `Origin` and `Host`. This server looks at neither, and lets everybody read the answer besides.',
        '`lessons/shared/http-server.ts` looks at both before it hands a request on, and answers unknown paths and methods. The way back for messages is ready, too: `publishRoute` in `lessons/shared/router.ts`.',
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
          text: 'The server answers whoever asks, and lets every page read that.',
          says: /^subscribe by another site must be answered 403, got 200/,
          put: [
            [
              "import { httpServer } from '../shared/http-server.ts'\n",
              unguarded,
            ],
          ],
        },
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
      check: 'resume',
      brings: ['order', 'gap'],
      why: 'A phone that changes its network breaks the connection. The browser comes back by itself and says what it has; a server that does not listen to that loses messages, and nobody is told.',
      hints: [
        'In a header of its request the client tells which message it received last. What does this server do with it?',
        'A subscriber is a cursor. Give each request a `feed.follow` of its own, from the cursor that the request brings instead of from `feed.present`: what was missed and what is new are one loop then, and nobody needs the set of `clients`.',
        "In the route, made `async`: `const cursor = feed.locate(request.headers['last-event-id']?.toString() ?? afterOf(request))`, with `afterOf` of `lessons/shared/router.ts`, and at its end `await feed.follow(cursor, gone, ({ id, data }) => { response.write(…) })`. `locate` refuses what is no cursor, so it comes before `writeHead`; `gone` aborts when this client has left.",
      ],
      read: '#the-server',
      look: /feed\.follow\(/,
      standard: {
        quote:
          "The `Last-Event-ID` HTTP request header reports an EventSource object's last event ID string to the server when the user agent is to reestablish the connection.",
        url: `${standard}#the-last-event-id-header`,
      },
      faults: [
        {
          text: 'The server does not read Last-Event-ID.',
          says: /^message \d+, "message \d+ .*", must be next, got "message \d+/,
          put: [
            [
              'feed.locate(lastEventId ?? afterOf(request))',
              'feed.locate(afterOf(request))',
            ],
          ],
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
      check: 'payload',
      brings: ['publish'],
      why: 'A log line with a stack, a text from a form: sooner or later there is a line break in the data. In this format it ends the field, and an empty line ends the event.',
      hints: [
        'The format is made of lines. What becomes of a message that has two?',
        'Each line of the data is a field of its own, `data: two` and then `data: lines`; the client puts them together again. An empty message has one as well.',
        '`lessons/04-server-sent-events/event-stream.ts` has it ready: `response.write(encodeEvent(message))`.',
      ],
      read: '#the-server',
      look: /data: \$\{|encodeEvent\(|encode\(/,
      standard: {
        quote:
          'Append the field value to the data buffer, then append a single U+000A LINE FEED (LF) character to the data buffer.',
        url: `${standard}#event-stream-interpretation`,
      },
      faults: [
        {
          text: 'A line break in the data ends the field.',
          says: /^message 3, "two\\nlines", must be next, got "two"/,
          put: [
            [
              'encodeOnce(encodeEvent)',
              // biome-ignore lint/suspicious/noTemplateCurlyInString: it is source
              'encodeOnce(({ id, data }) => `id: ${id}\\ndata: ${data}\\n\\n`)',
            ],
          ],
        },
        {
          text: 'The server knows one of the three line breaks.',
          says: /^message 16, "CR\\nand CRLF\\n", must be next, got/,
          put: [
            [
              'encodeOnce(encodeEvent)',
              // biome-ignore lint/suspicious/noTemplateCurlyInString: it is source
              "encodeOnce(({ id, data }) => `id: ${id}\\n${data.split('\\n').map((line) => `data: ${line}\\n`).join('')}\\n`)",
            ],
          ],
        },
        {
          text: 'An empty message is an event without data.',
          says: /^message 1, "", must be next, got " a leading space"/,
          put: [
            [
              'encodeOnce(encodeEvent)',
              'encodeOnce(({ id, data }) => encodeEvent({ id, data: data || undefined }))',
            ],
          ],
        },
      ],
    },
    {
      check: 'late-join',
      why: 'Between its first answer and the first message a client has no id: if the connection breaks then, it cannot say where it was, and starts at a later present. On a quiet feed that is most of the time.',
      hints: [
        'The connection breaks before the first message. What could the client send as its Last-Event-ID?',
        'An event may have an id and no message. Let the first one of each stream say where the stream starts, with an empty `data`: without that field the browser hands no event to the page, which is to know the id as well.',
        "In the place of the line with `retry`: `response.write(encodeEvent({ event: 'start', id: cursor, data: '', retryMs }))`. It has a type of its own, as it is no message.",
      ],
      read: '#the-server',
      look: /retry: |event: 'start'|writeHead\(200/,
      standard: {
        quote:
          'Set the last event ID string of the event source to the value of the last event ID buffer.',
        url: `${standard}#dispatchMessage`,
      },
      faults: [
        {
          text: 'The first event has no id.',
          says: /^message 1, "while it was away", must be next, got "when it was back"/,
          put: [
            [
              "{ event: 'start', id: cursor, data: '', retryMs }",
              "{ event: 'start', data: '', retryMs }",
            ],
          ],
        },
        {
          text: 'The first event names the end of the feed instead of where this client starts.',
          says: /^(message 1, "while it was away", must be next, got|it was told of a gap)/,
          put: [
            [
              "{ event: 'start', id: cursor, data: '', retryMs }",
              "{ event: 'start', id: feed.present, data: '', retryMs }",
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
        '`const hasRoom = response.write(encodeEvent(message))`, and then `if (!hasRoom) return drained(response, gone)`, with `drained` of `lessons/shared/drained.ts`.',
      ],
      read: '#the-server',
      look: /\.write\((`id|encodeEvent\(message|encode\()/,
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
        'Whatever a client needs ends with its signal, `gone`: a timer needs a `clearInterval` when it aborts. Once `feed.follow` has ended the answer must end, too: a server that closes waits two seconds for it, and cuts the connection then.',
        'In the place of `setInterval`: `heartbeat(response, heartbeatMs, gone, heartbeatComment)`, of `lessons/shared/heartbeat.ts` and `lessons/04-server-sent-events/event-stream.ts`. It also cuts a client that takes nothing for two heartbeats. After `await feed.follow(…)`: `response.end()`.',
      ],
      read: '#the-server',
      look: /setInterval\(|every\(|heartbeat\(/,
      standard: {
        quote:
          "Legacy proxy servers are known to, in certain cases, drop HTTP connections after a short timeout. To protect against such proxy servers, authors can include a comment line (one starting with a ':' character) every 15 seconds or so.",
        url: `${standard}#authoring-notes`,
      },
      faults: [
        {
          text: 'The interval outlives its client.',
          says: /^Waited in vain for timers of those who left to go: \d+ are left/,
          put: [
            [
              'heartbeat(response, heartbeatMs, gone, heartbeatComment)',
              'setInterval(() => response.write(heartbeatComment), heartbeatMs)',
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
