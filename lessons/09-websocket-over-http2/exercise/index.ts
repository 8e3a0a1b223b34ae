// What is wrong with this folder's server, from easy to hard.

import type { Exercise } from '../../exercise.ts'
import { announced, answer, foreign, others, upgrade } from './checks.ts'

const standard = 'https://www.rfc-editor.org/rfc/rfc8441.html'

const webSocketAnswer = "stream.respond({ ':status': 200 })"
const serveAll =
  'return http2Server(import.meta.url, options, routes, settings, upgrade)'

/** The last line of the solution, when the server lets in more. */
const letsIn = (more: string) =>
  serveAll.replace('options,', `{ ...options, ${more} },`)

/** What else happens when a WebSocket ends. */
const atEnd = (action: string) =>
  `const { session } = stream\n      webSocket.on('close', () => ${action})\n      carry(webSocket, {`

export default {
  files: ['server.ts'],
  plain: true,
  steps: [
    {
      check: announced,
      why: 'A client that was not told must not ask, and no page shows that it was not: the browser opens a connection by HTTP/1.1 for each WebSocket instead, with a handshake of TLS for each.',
      hints: [
        'What do the first SETTINGS of this server say on the wire?',
        'The setting is called `enableConnectProtocol` in Node. Both `createSecureServer` and `createServer` take an object with `settings`.',
        'Before `server`: `const settings = { enableConnectProtocol: true }`, and then `createSecureServer({ ...certificate, allowHTTP1: true, settings })` and `createServer({ settings })`.',
      ],
      read: '#the-server',
      look: /createSecureServer\(|enableConnectProtocol/,
      standard: {
        quote:
          'Upon receipt of SETTINGS_ENABLE_CONNECT_PROTOCOL with a value of 1, a client MAY use the Extended CONNECT as defined in this document when creating new streams.',
        url: `${standard}#section-3`,
      },
      faults: [
        {
          text: 'The server does not say that it takes extended CONNECT.',
          says: /^ENABLE_CONNECT_PROTOCOL must be 1 in the first SETTINGS/,
          put: [['    enableConnectProtocol: true,\n', '']],
        },
        {
          text: 'The setting stands beside the settings.',
          says: /^ENABLE_CONNECT_PROTOCOL must be 1 in the first SETTINGS/,
          put: [
            ['    enableConnectProtocol: true,\n', ''],
            [
              'allowHTTP1: true,',
              'allowHTTP1: true, enableConnectProtocol: true,',
            ],
          ],
        },
      ],
    },
    {
      check: answer,
      brings: ['fan-out', 'backpressure', 'publish', 'retry'],
      why: 'HTTP/1.1 gives a connection away with 101. A stream cannot be given away like that: Node throws where the status is set, and the server ends for everybody.',
      hints: [
        'A connection changes its protocol with 101. What changes here?',
        'Nothing does: the request has succeeded, and its stream is a tunnel from now on. HTTP has a plain status for that.',
        "`stream.respond({ ':status': 200 })`, and nothing else in it: there is no key to accept.",
      ],
      read: '#how-it-works',
      look: /stream\.respond\(/,
      standard: {
        quote:
          'HTTP/2 does not support the 101 (Switching Protocols) informational status code (Section 15.2.2 of [HTTP]).',
        url: 'https://www.rfc-editor.org/rfc/rfc9113.html#section-8.6',
      },
      faults: [
        {
          text: 'The server switches protocols, as over HTTP/1.1.',
          says: /^CONNECT \/messages must be answered 200, got (500|the end of the stream)/,
          put: [[webSocketAnswer, "stream.respond({ ':status': 101 })"]],
        },
        {
          text: 'The answer ends its stream.',
          says: /^the stream must carry a text frame now, got its end|^CONNECT \/messages must be answered 200, got (500|the end of the stream)/,
          put: [
            [
              webSocketAnswer,
              "stream.respond({ ':status': 200 }, { endStream: true })",
            ],
          ],
        },
        {
          text: 'The server accepts a key that nobody has sent.',
          says: /^there is no key to accept here, got sec-websocket-accept/,
          put: [
            [
              webSocketAnswer,
              "stream.respond({ ':status': 200, 'sec-websocket-accept': 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=' })",
            ],
          ],
        },
      ],
    },
    {
      check: others,
      why: 'On HTTP/1.1 a WebSocket and its connection end together. Here ninety-nine others are on the same one: a tab that is closed takes the WebSockets of all other tabs along.',
      hints: [
        'One WebSocket is closed. What ends with it, and whose was that?',
        'The stream is this WebSocket’s, and `ws` ends that. The session belongs to all of them, and to the client that opened it.',
        "`webSocket.on('close', () => session?.destroy())` goes, and nothing takes its place.",
      ],
      read: '#how-it-works',
      look: /session\?\.destroy|webSocketOn\(stream/,
      standard: {
        quote:
          'After successfully processing the opening handshake, the peers should proceed with the WebSocket Protocol [RFC6455] using the HTTP/2 stream from the CONNECT transaction as if it were the TCP connection referred to in [RFC6455].',
        url: `${standard}#section-5`,
      },
      faults: [
        {
          text: 'A WebSocket that ends breaks off its connection.',
          says: /^one that stays, and one that comes, must share the connection after another one left/,
          put: [['carry(webSocket, {', atEnd('session.destroy()')]],
        },
        {
          text: 'A WebSocket that ends closes its connection for those who come.',
          says: /^one that stays, and one that comes, must share the connection after another one left/,
          put: [['carry(webSocket, {', atEnd('session.close()')]],
        },
      ],
    },
    {
      check: foreign,
      brings: ['origin'],
      why: 'Every site may open a WebSocket to your server from its visitor’s browser, with your cookies. CORS does not hold it back, and what you check for an Upgrade is not checked for a CONNECT.',
      hints: [
        'Who is asking? A browser says so in `origin`, and `Host` is called `:authority` here. Neither is looked at.',
        '`http2Server` of `lessons/shared/http2-server.ts` looks at both before it hands a request on, pings its connections, and ends all when the server closes. To it, CONNECT is a method like others: a route is called `CONNECT /messages`. What it answers to a plain request is in `lessons/09-websocket-over-http2/ask-otherwise.ts`: `webSocketRequired`.',
        "In the place of `server` and all below: `const routes: Http2Routes = { ...webSocketRequired(feed), 'CONNECT /messages'(request, { stream }, gone) { stream.respond({ ':status': 200 }); const webSocket = webSocketOn(stream, { is: 'server', ...limits }); carry(webSocket, { request, socket: stream, cursor: feed.present, gone }) } }`, and then `return http2Server(import.meta.url, options, routes, { allowHTTP1: true, settings: { enableConnectProtocol: true } })`. The route’s `gone` aborts when the client has left or the server closes, so `open` goes as well.",
      ],
      read: '#the-server',
      look: /'connect',|http2Server\(/,
      standard: {
        quote:
          'The Origin [RFC6454], Sec-WebSocket-Version, Sec-WebSocket-Protocol, and Sec-WebSocket-Extensions header fields are used in the CONNECT request and response header fields as defined in [RFC6455].',
        url: `${standard}#section-5`,
      },
      faults: [
        {
          text: 'A foreign site was let in for a test, and stayed.',
          says: /^CONNECT by a page of another site must be answered 403, got 200/,
          put: [[serveAll, letsIn("origins: ['https://example.com']")]],
        },
        {
          text: 'A name is taken for this machine’s that is not.',
          says: /^CONNECT by a name that somebody else pointed here must be answered 403, got 200/,
          put: [[serveAll, letsIn("hosts: ['rebound.example']")]],
        },
      ],
    },
    {
      check: 'resume',
      // Whoever comes back to a server that reads no cursor has lost something.
      brings: [
        'order',
        'payload',
        'late-join',
        'gap',
        'release',
        'heartbeat',
        'refuse',
        'shutdown',
      ],
      why: 'The protocol knows no ids. When the connection breaks all its WebSockets come back at once, each with its own cursor, and a server that does not read that loses messages for all of them.',
      hints: [
        'A WebSocket that comes back says in its address which message it has. Look at `:path`, on the wire.',
        'Each has a place of its own to go on from. `afterOf` of `lessons/shared/router.ts` finds the cursor in a request, and `feed.locate` makes a place of it, or refuses it.',
        'At the beginning of the route, before anything is answered: `const cursor = feed.locate(afterOf(request))`, and then `carry(webSocket, { request, socket: stream, cursor, gone })`.',
      ],
      read: '#the-server',
      look: /feed\.present|feed\.locate\(/,
      faults: [
        {
          text: 'The server does not read the cursor.',
          says: /^(message \d+, "message \d+ .*", must be next, got "message \d+|it was told of a gap)/,
          put: [['feed.locate(afterOf(request))', 'feed.present']],
        },
        {
          text: 'The server refuses nobody, and starts everybody at the beginning.',
          says: /^(message \d+, "message \d+ .*", must be next, got|it was told of a gap|There are \d+ messages)/,
          put: [['feed.locate(afterOf(request))', 'feed.start']],
        },
      ],
    },
    {
      check: upgrade,
      why: 'A browser that has no connection yet asks by HTTP/1.1, and so does one behind a proxy that does not know extended CONNECT. Two ways in are two doors to lock, and two places to forget the cursor.',
      hints: [
        'Everything is repaired for a CONNECT. What happens to a client that comes by HTTP/1.1?',
        '`upgradeTo` of `lessons/05-websocket/server.ts` is lesson 05’s own: it reads the cursor, and opens the WebSocket. It takes what carries the feed on it, so that both ways share that.',
        'Before the routes: `const upgrade = upgradeTo(carry, feed, options)`, and `upgrade` is the fifth argument of `http2Server`, after the settings with `allowHTTP1: true`. The router refuses who is foreign, whichever way they come.',
      ],
      read: '#the-server',
      look: /'upgrade',|allowHTTP1/,
      faults: [
        {
          text: 'The server takes no Upgrade any more.',
          says: /^an Upgrade must be answered 101 by HTTP\/1\.1, got 426/,
          put: [
            [
              'options, routes, settings, upgrade)',
              'options, routes, settings)',
            ],
          ],
        },
        {
          text: 'The port speaks HTTP/2 only.',
          says: /^an Upgrade must be answered 101 by HTTP\/1\.1, got /,
          put: [['allowHTTP1: true', 'allowHTTP1: false']],
        },
        {
          text: 'The cursor is read of a CONNECT, and not of an Upgrade.',
          says: /^an Upgrade of \/messages\?after=\S+ must go on after /,
          put: [
            [
              'upgradeTo(carry, feed, options)',
              '(request, socket, head, gone) => {\n    request.url = "/messages"\n    upgradeTo(carry, feed, options)(request, socket, head, gone)\n  }',
            ],
          ],
        },
      ],
    },
  ],
} satisfies Exercise
