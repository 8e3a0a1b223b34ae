// What is wrong with this folder's server, from easy to hard.

import type { Exercise } from '../../exercise.ts'
import { greeting } from './checks.ts'

const standard = 'https://www.rfc-editor.org/rfc/rfc6455.html'

const carries = 'const carry = carrier(feed, { ...options, heartbeatMs })'

/** The solution carries each WebSocket, `webSocket` with what `opened` says, after a change. */
const changed = (change: string) =>
  `const whole = carrier(feed, { ...options, heartbeatMs })
  const carry = (webSocket, opened) => {
    ${change}
    return whole(webSocket, opened)
  }`

export default {
  files: ['server.ts'],
  steps: [
    {
      check: 'origin',
      why: 'CORS does not hold back a WebSocket. Any site may open one to your server from its visitor’s browser, with the visitor’s cookies: cross-site WebSocket hijacking.',
      hints: [
        'Who is asking? A browser says so in the headers `Origin` and `Host` of its handshake. This server looks at neither.',
        '`lessons/shared/http-server.ts` looks at both before it hands a handshake on: its fourth argument takes it. What a plain request is answered is in `lessons/05-websocket/upgrade-required.ts`. `new WebSocketServer({ noServer: true })` then waits to be given one.',
        'In the place of `server`: `const upgrade: Upgrade = (request, socket, head, gone) => webSockets.handleUpgrade(request, socket, head, (webSocket) => { … })`, with the type of `lessons/shared/http1.ts`, and in it what was done on `connection`. At the end `return httpServer(import.meta.url, options, upgradeRequired(feed), upgrade)`.',
      ],
      read: '#the-server',
      look: /createServer\(|httpServer\(/,
      standard: {
        quote:
          'Servers that are not intended to process input from any web page but only for certain sites SHOULD verify the |Origin| field is an origin they expect.',
        url: `${standard}#section-10.2`,
      },
      faults: [
        {
          text: 'A foreign site was let in for a test, and stayed.',
          says: /^subscribe by another site must be answered 403, got 426/,
          put: [
            [
              'return httpServer(import.meta.url, options,',
              "return httpServer(import.meta.url, { ...options, origins: ['https://example.com'] },",
            ],
          ],
        },
        {
          text: 'The name under which the server is asked counts for nothing.',
          says: /^subscribe by a name that somebody else pointed here must be answered 403, got 426/,
          put: [
            [
              'return httpServer(import.meta.url, options,',
              "return httpServer(import.meta.url, { ...options, hosts: ['rebound.example'] },",
            ],
          ],
        },
      ],
    },
    {
      check: greeting,
      brings: ['fan-out', 'publish', 'retry'],
      why: 'Until the first message comes a client has no id. If its connection breaks before, it cannot say where it was, and starts at a later present. On a quiet feed that is most of the time.',
      hints: [
        'The connection breaks before the first message. What could the client ask for then?',
        'A frame may have an id and no message. Let the first one of each WebSocket say where it starts.',
        'As soon as the WebSocket is open: `webSocket.send(encodeGreeting(feed.present))`, of `lessons/05-websocket/frames.ts`.',
      ],
      read: '#on-the-wire',
      look: /encodeGreeting\(|handleUpgrade\(|'connection'/,
      faults: [
        {
          text: 'The first frame does not come.',
          says: /^Waited in vain for a first frame with the cursor/,
          put: [
            [
              carries,
              changed(
                'const { send } = webSocket\n    webSocket.send = (data, ...more) => /hello/.test(data) || send.call(webSocket, data, ...more)',
              ),
            ],
          ],
        },
        {
          text: 'The first frame greets, and has no cursor.',
          says: /^the first frame must have the id \S+ and no data, got \{/,
          put: [
            [
              carries,
              changed(
                'const { send } = webSocket\n    webSocket.send = (data, ...more) => send.call(webSocket, /hello/.test(data) ? `{"hello":"you"}` : data, ...more)',
              ),
            ],
          ],
        },
      ],
    },
    {
      check: 'resume',
      brings: ['order', 'payload', 'late-join', 'gap'],
      why: 'The protocol knows no ids, and a WebSocket that broke does not come back by itself. Ours does, with its cursor; a server that does not read that loses messages, and nobody is told.',
      hints: [
        'A page cannot send a header with a WebSocket. Where does the client say what it has? Look at the wire.',
        'A subscriber is a cursor. Give each WebSocket a `feed.follow` of its own, from the cursor in its address instead of from `feed.present`: what was missed and what is new are one loop then.',
        'First in `upgrade`: `const cursor = feed.locate(afterOf(request))`, with `afterOf` of `lessons/shared/router.ts`; it refuses what is no cursor. When the WebSocket is open: `webSocket.send(encodeGreeting(cursor))`, and at the end, in a callback made `async`, `await feed.follow(cursor, gone, (message) => { webSocket.send(encodeMessage(message)); return undefined })`. The loop over all clients goes.',
      ],
      read: '#the-server',
      look: /feed\.follow\(/,
      faults: [
        {
          text: 'The server does not read the cursor.',
          says: /^(message \d+, "message \d+ .*", must be next, got "message \d+|it was told of a gap)/,
          put: [['feed.locate(afterOf(request))', 'feed.locate()']],
        },
        {
          text: 'Everybody starts at the beginning.',
          says: /^(message \d+, "message \d+ .*", must be next, got|it was told of a gap|There are \d+ messages)/,
          put: [['feed.locate(afterOf(request))', 'feed.start']],
        },
      ],
    },
    {
      check: 'refuse',
      why: 'ws takes messages of up to 100 MiB, and keeps each in memory until its last byte has come. A few clients that send as much are enough to end a server.',
      hints: [
        'How large may a message be that a client sends? And who said so?',
        '`options.maxMessageBytes` says it, and `WebSocketServer` has an option for it.',
        "`new WebSocketServer({ noServer: true, maxPayload: maxPayload(feed, options) })`, with `maxPayload` of `lessons/05-websocket/server.ts`. `ws` then closes with 1009; that error must not end the process: `webSocket.on('error', () => {})`.",
      ],
      read: '#the-server',
      look: /new WebSocketServer\(/,
      standard: {
        quote:
          '1009 indicates that an endpoint is terminating the connection because it has received a message that is too big for it to process.',
        url: `${standard}#section-7.4.1`,
      },
      faults: [
        {
          text: 'There is no limit to what a client may send.',
          says: /^message 1, "y+"… \(1000 characters\), must be next, got "x+/,
          put: [['maxPayload: maxPayload(feed, options),', '']],
        },
      ],
    },
    {
      check: 'backpressure',
      // It moves 36 MiB.
      deadlineMs: 6_000,
      why: '`send` takes everything. What one stalled phone does not read piles up in your memory, and with a few of them the server ends for everybody.',
      hints: [
        'A WebSocket’s `send` returns nothing. Who knows whether there is room?',
        'The socket below does: `socket.writableNeedDrain`. `feed.follow` waits for the promise that its callback returns, and the messages wait in the history, which all subscribers share.',
        'After `webSocket.send(…)` in the loop: `if (socket.writableNeedDrain) return drained(socket, gone)`, with `drained` of `lessons/shared/drained.ts`.',
      ],
      read: '#the-server',
      look: /send\((JSON|encodeMessage|encode\()/,
      faults: [
        {
          text: 'Nobody asks the socket whether there is room.',
          says: /the server must take less than 24 MiB from the feed, and wait; it took 36 of 36/,
          put: [
            [
              carries,
              changed(
                'opened = { ...opened, socket: { writableNeedDrain: false } }',
              ),
            ],
          ],
        },
      ],
    },
    {
      check: 'release',
      // What is still there after it is there for ever.
      deadlineMs: 1_500,
      brings: ['heartbeat', 'shutdown'],
      why: 'An interval that outlives its client runs as long as the process. And a ping whose pong nobody misses tells nothing: who vanished from the network stays in your memory for ever.',
      hints: [
        'Five clients came and left. What of them is still there?',
        'Whatever a client needs ends with its signal, `gone`. A ping is there for its pong: who has not answered by the next one is dead. And a page sees no pings; a frame, `{}`, shows it that the server lives.',
        'In the place of `setInterval`: `pingPong(webSocket, heartbeatMs, gone)` of `lessons/05-websocket/ping-pong.ts`, and `every(heartbeatMs, gone, () => webSocket.send(heartbeatFrame))` of `lessons/shared/every.ts` and `lessons/05-websocket/frames.ts`. After `await feed.follow(…)`: `webSocket.close(1012)`, for who is still there when the server closes.',
      ],
      read: '#the-server',
      look: /setInterval\(|pingPong\(/,
      standard: {
        quote:
          'A Ping frame may serve either as a keepalive or as a means to verify that the remote endpoint is still responsive.',
        url: `${standard}#section-5.5.2`,
      },
      faults: [
        {
          text: 'An interval outlives its client.',
          says: /^Waited in vain for timers of those who left to go: \d+ are left/,
          put: [
            [
              carries,
              changed('setInterval(() => webSocket.ping(), heartbeatMs)'),
            ],
          ],
        },
        {
          text: 'The loop of a client outlives it.',
          says: /^Waited in vain for followers of the feed to go: \d+ are left/,
          put: [
            [
              carries,
              changed(
                'opened = { ...opened, gone: new AbortController().signal }',
              ),
            ],
          ],
        },
      ],
    },
  ],
} satisfies Exercise
