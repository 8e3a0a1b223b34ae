// What a good server on one developer's machine lacks for the internet.

import type { Exercise } from '../../exercise.ts'
import { drains, limited, unbuffered } from './checks.ts'

export default {
  files: ['server.ts'],
  steps: [
    {
      check: unbuffered,
      why: 'nginx as it comes collects an answer until a buffer of 4 or 8 kB is full. Your events reach nobody for minutes, and then twenty at once; on your machine there is no nginx.',
      hints: [
        'A proxy can be told what this answer is, by the answer itself. What does this server say about it, beside its type?',
        'Two headers: `X-Accel-Buffering` is for nginx, which then hands on what comes; `Cache-Control` is for every cache, none of which may answer with an old stream.',
        "All in one: `response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' })`.",
      ],
      read: '#behind-nginx',
      look: /writeHead\(/,
      standard: {
        quote:
          'Buffering can also be enabled or disabled by passing “yes” or “no” in the “X-Accel-Buffering” response header field.',
        url: 'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_buffering',
      },
      faults: [
        {
          text: 'Nobody has told nginx.',
          says: /^the answer must have the header X-Accel-Buffering: no/,
          put: [["        'x-accel-buffering': 'no',\n", '']],
        },
        {
          text: 'A cache may keep the stream.',
          says: /^the answer must have the header Cache-Control: no-store/,
          put: [
            ["'cache-control': 'no-store'", "'cache-control': 'max-age=60'"],
          ],
        },
      ],
    },
    {
      check: 'heartbeat',
      why: 'Whatever stands on the way forgets a connection that carries nothing, after a minute or after five, and tells nobody. Both ends go on believing in it.',
      hints: [
        'Publish nothing for a while, and look at the wire: what does a client see that tells a silent server from one that is gone?',
        'A comment is a line that begins with a colon, which every client ignores. Send one every `heartbeatMs`, and cut who takes nothing for two of them: `lessons/shared/heartbeat.ts` does both.',
        '`const { heartbeatMs = 15_000, retryMs = 1_000 } = options`, and after the first event: `heartbeat(response, heartbeatMs, gone, heartbeatComment)`, with `heartbeatComment` of `lessons/04-server-sent-events/event-stream.ts`.',
      ],
      read: '#heartbeats-and-timeouts',
      look: /heartbeat\(|feed\.follow\(/,
      standard: {
        quote:
          "Legacy proxy servers are known to, in certain cases, drop HTTP connections after a short timeout. To protect against such proxy servers, authors can include a comment line (one starting with a ':' character) every 15 seconds or so.",
        url: 'https://html.spec.whatwg.org/multipage/server-sent-events.html#authoring-notes',
      },
      faults: [
        {
          text: 'An idle stream carries nothing.',
          says: /three signs of life on an idle connection, got 0/,
          put: [
            [
              '      heartbeat(response, heartbeatMs, gone, heartbeatComment)\n',
              '      void [heartbeat, heartbeatMs, heartbeatComment]\n',
            ],
          ],
        },
      ],
    },
    {
      check: 'backpressure',
      // It moves 36 MiB.
      deadlineMs: 6_000,
      why: '`write` takes everything. What one phone in a tunnel does not read piles up in the memory of this process, and a thousand on one train end it for everybody.',
      hints: [
        'There are four things that one can do with a slow reader. This server has chosen none of them: it ignores what `write` says.',
        'When it returns `false`, wait for the event `drain` before the next message: `feed.follow` waits for the promise that its callback returns, and the messages wait in the history, which all subscribers share.',
        '`const hasRoom = response.write(encodeEvent(message))`, and then `if (!hasRoom) return drained(response, gone)`, with `drained` of `lessons/shared/drained.ts`.',
      ],
      read: '#slow-readers',
      look: /\.write\((encodeEvent\(message|encode\()/,
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
      check: limited,
      // It opens some hundred connections.
      deadlineMs: 4_000,
      why: 'A script, or a page that makes a new stream each time it is drawn, opens as many as you let it: each costs memory here and a turn for every message.',
      hints: [
        'Count the subscriptions of each address. Who has too many is told so, and when to come back.',
        'A `Map` from the address to a number, one more when a stream begins, one less when `gone` aborts. The number has to be larger than what a family, or an office, has behind one address: 100, say. `lessons/shared/refusal.ts` has an error that becomes an answer, if it is thrown before `writeHead`.',
        "Before `writeHead`: `const address = addressOf(request)`, with `addressOf` of `lessons/13-in-production/limits/address.ts`, and `const count = subscriptions.get(address) ?? 0`. If it is 100 or more: `throw new Refusal(429, 'Too many subscriptions: close one first.', { 'retry-after': '10' })`. Else `subscriptions.set(address, count + 1)`, and `gone.addEventListener('abort', () => subscriptions.set(address, (subscriptions.get(address) ?? 1) - 1))`.",
      ],
      read: '#limits',
      look: /subscriptions|feed\.locate\(/,
      standard: {
        quote:
          'The 429 status code indicates that the user has sent too many requests in a given amount of time ("rate limiting").',
        url: 'https://www.rfc-editor.org/rfc/rfc6585.html#section-4',
      },
      faults: [
        {
          text: 'Everybody may have as many as they like.',
          says: /^of 150 subscriptions of one address, some must be answered 429; 150 were let in/,
          put: [['if (count >= mostSubscriptions)', 'if (count > 1e6)']],
        },
        {
          text: 'Nobody says when to come back.',
          says: /^a 429 must say in Retry-After/,
          put: [["        'retry-after': '10',\n", '']],
        },
        {
          text: 'Who has left is counted for ever.',
          says: /another subscription to be let in once one has left: it is answered 429/,
          put: [
            [
              'const left = (subscriptions.get(address) ?? 0) - 1',
              'const left = subscriptions.get(address) ?? 0',
            ],
          ],
        },
      ],
    },
    {
      check: drains,
      // The server takes its time, which is the point.
      deadlineMs: 6_000,
      why: 'A server that ends all its streams at once sends all of its clients to the other servers in the same second, at every deploy.',
      hints: [
        'Where are the subscriptions ended, when this server closes? And over how long?',
        'An option says how long the server may take: `drainMs`. What `httpServer` does with it, `lessons/shared/subscribers.ts` shows.',
        'Hand on `options` as they are: `return httpServer(page, options, { … })`.',
      ],
      read: '#deploys',
      look: /drainMs|httpServer\(/,
      faults: [
        {
          text: 'All of them are ended at once.',
          says: /^of four streams, one must end first, and the others later within 600 ms; 4 have ended together/,
          put: [
            [
              'return httpServer(page, options, {',
              'return httpServer(page, { ...options, drainMs: 0 }, {',
            ],
          ],
        },
      ],
    },
  ],
} satisfies Exercise
