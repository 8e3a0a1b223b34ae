// What is wrong with this folder's server and client, from easy to hard.

import type { Exercise } from '../../exercise.ts'
import { goaway, limit, room, window } from './checks.ts'

const standard = 'https://www.rfc-editor.org/rfc/rfc9113.html'

/** In the place of the pool: a connection to each server that is asked again while `usable` says so. */
const cached = (
  usable: string,
) => `import { cancel } from './shared-connection.ts'
import { ask, connected } from '../shared/http2-client.ts'
const sessions = new Map()
const streamTo = (url, { ca, signal }, headers) => {
  const known = sessions.get(url.origin)
  const session = known && ${usable} ? known : connected(url, { ca })
  sessions.set(url.origin, session)
  const stream = ask(session, { ':path': url.pathname, ...headers }, { signal })
  stream.on('error', () => {})
  return stream
}
`

/** In the place of the pool: one that is used otherwise. */
const pooled = (
  pool: string,
  atEnd: string,
) => `import { cancel } from './shared-connection.ts'
import { SessionPool } from '../shared/session-pool.ts'
import { ask } from '../shared/http2-client.ts'
const pool = ${pool}
const streamTo = (url, options, headers) => {
  const { session, release } = pool.lease(url, options)
  const { signal } = options
  const stream = ask(session, { ':path': url.pathname, ...headers }, { signal })
  stream.on('error', () => {})
  ${atEnd}
  return stream
}
`

const takeStream = "import { cancel, streamTo } from './shared-connection.ts'\n"

export default {
  files: ['client.ts', 'server.ts'],
  plain: true,
  steps: [
    {
      check: limit,
      why: 'Without a limit one client may open any number of streams, and each costs you a loop and memory. With too small a one, the page that has a few tabs open waits in silence.',
      hints: [
        'Look at the first SETTINGS of the server, on the wire. What does it tell the client?',
        '`node:http2` names a limit only if it is told one: the setting `maxConcurrentStreams`. `http2Server` of `lessons/shared/http2-server.ts` takes what `node:http2` takes, after the routes.',
        'In `server.ts`, as the fourth argument of `http2Server`: `{ settings: { maxConcurrentStreams: 100 } }`.',
      ],
      read: '#the-server',
      look: /return http2Server\(/,
      standard: {
        quote:
          'It is recommended that this value be no smaller than 100, so as to not unnecessarily limit parallelism.',
        url: `${standard}#section-6.5.2`,
      },
      faults: [
        {
          text: 'The server names no limit.',
          says: /^MAX_CONCURRENT_STREAMS must be from 100 to 1,000, got none/,
          file: 'server.ts',
          put: [['{ maxConcurrentStreams: 100 }', '{}']],
        },
        {
          text: 'The limit is what a few tabs use up.',
          says: /^MAX_CONCURRENT_STREAMS must be from 100 to 1,000, got 10/,
          file: 'server.ts',
          put: [
            ['{ maxConcurrentStreams: 100 }', '{ maxConcurrentStreams: 10 }'],
          ],
        },
      ],
    },
    {
      check: window,
      why: 'The window is what all streams together get in one round trip: with 64 KiB and 100 ms, no more than 640 kB a second, however fast the network is.',
      hints: [
        'HTTP/2 counts what is on its way, on each stream and on the connection, and stops at a window. Who says how large that is?',
        'The receiver, so this client. A setting says it for the streams, `initialWindowSize`; a session of Node has a method for the connection, `setLocalWindowSize`. `openWindow` of `lessons/shared/http2-client.ts` calls that once the session is there.',
        'In `client.ts`: `connectTo(origin, { ca, settings: { initialWindowSize: 1024 * 1024 } })`, and below it `openWindow(session, 1024 * 1024)`.',
      ],
      read: '#the-client',
      look: /connectTo\(|streamTo\(/,
      standard: {
        quote:
          'When an HTTP/2 connection is first established, new streams are created with an initial flow-control window size of 65,535 octets. The connection flow-control window is also 65,535 octets.',
        url: `${standard}#section-6.9.2`,
      },
      faults: [
        {
          text: 'The client leaves the windows as they are.',
          says: /^at least 256 KiB must fit on their way on each stream, got 64 KiB/,
          put: [
            [
              takeStream,
              pooled('new SessionPool()', "stream.once('close', release)"),
            ],
          ],
        },
        {
          text: 'The client opens the windows of the streams, and not that of the connection.',
          says: /^at least 256 KiB must fit on their way on the connection, got 64 KiB/,
          put: [
            [
              takeStream,
              cached('!known.closed && !known.destroyed').replace(
                'connected(url, { ca })',
                'connected(url, { ca }, { initialWindowSize: 1024 * 1024 })',
              ),
            ],
          ],
        },
      ],
    },
    {
      check: 'resume',
      brings: ['late-join', 'gap', 'retry'],
      why: 'A connection that is shared breaks for all, and it is remembered for all: whoever comes next is handed the dead one, until the program is started again.',
      hints: [
        'The connection breaks, and the subscription comes back. Which connection does it get?',
        'The Map still has the session that has ended. `session.destroyed` says that it has, before any event does. And `session.request` throws when it has ended just now: `ask` of `lessons/shared/http2-client.ts` makes a `ConnectionError` of that, after which `resuming` tries again.',
        'In `sessionTo`: `if (known && !known.destroyed) return known`. In `request`: `ask(sessionTo(url, ca), asked, { signal })` in the place of `sessionTo(url, ca).request(asked, { signal })`.',
      ],
      read: '#the-client',
      look: /if \(known|streamTo\(/,
      standard: {
        quote:
          "The `Last-Event-ID` HTTP request header reports an EventSource object's last event ID string to the server when the user agent is to reestablish the connection.",
        url: 'https://html.spec.whatwg.org/multipage/server-sent-events.html#the-last-event-id-header',
      },
      faults: [
        {
          text: 'The client goes on asking a connection that has ended.',
          says: /^Waited in vain for message \d+|^Waited in vain for an open connection/,
          put: [[takeStream, cached('true')]],
        },
      ],
    },
    {
      check: goaway,
      brings: ['shutdown'],
      why: 'A server that is about to restart says GOAWAY, and lets its streams come to their end. The client that asks it again gets an error, or nothing; the one that takes the connection for broken loses streams that were well.',
      hints: [
        'The server has said GOAWAY, and the connection is still there. What can it be used for?',
        'For the streams that it has. Node knows: from then on `session.closed` is true, while `session.destroyed` is not.',
        'In `sessionTo`: `if (known && !known.closed && !known.destroyed) return known`. The old session stays with its streams, and ends after the last of them.',
      ],
      read: '#the-client',
      look: /if \(known|streamTo\(/,
      standard: {
        quote:
          'Receivers of a GOAWAY frame MUST NOT open additional streams on the connection, although a new connection can be established for new streams.',
        url: `${standard}#section-6.8`,
      },
      faults: [
        {
          text: 'The client looks at connections that have ended, and not at those that will.',
          says: /^Waited in vain for an open connection/,
          put: [[takeStream, cached('!known.destroyed')]],
        },
        {
          text: 'The client breaks off a connection that was told to go away.',
          says: /^the first subscription must stay where it is, and the second take another connection/,
          put: [
            [
              takeStream,
              cached('!known.closed && !known.destroyed').replace(
                'sessions.set(',
                "session.once('goaway', () => session.destroy())\n  sessions.set(",
              ),
            ],
          ],
        },
      ],
    },
    {
      check: room,
      brings: ['heartbeat'],
      why: 'One stream more than the server allows does not fail. It waits without an error and without a limit, and so does whatever is published on that connection.',
      hints: [
        'The server allows so many streams, and this subscriber came when all were taken. Who could know, and what could it do?',
        'The session knows: its event `remoteSettings` has `maxConcurrentStreams`. So count the streams that are open, and connect once more when there is no room. `lessons/shared/session-pool.ts` does, and pings its connections besides, so that a dead one is noticed for all.',
        'In `request`: `return streamTo(messages, options, headers)`, with `streamTo` of `lessons/08-sse-over-http2/shared-connection.ts`. It does all that `sessionTo` did, which goes, with its Map.',
      ],
      read: '#the-client',
      look: /const sessions|streamTo\(/,
      standard: {
        quote: 'Endpoints MUST NOT exceed the limit set by their peer.',
        url: `${standard}#section-5.1.2`,
      },
      faults: [
        {
          text: 'The client puts all streams on one connection.',
          says: /^Waited in vain for stream 6 of a server that allows 5 on a connection; connections: 1/,
          put: [[takeStream, cached('!known.closed && !known.destroyed')]],
        },
        {
          text: 'Each subscription has a connection of its own.',
          says: /^2 streams must take 1 connections, got 2/,
          put: [[takeStream, cached('false')]],
        },
      ],
    },
    {
      check: 'release',
      deadlineMs: 800,
      why: 'Over HTTP/1.1 the connection ends with its reader, and the server sees that. Here it lives on for the others: a stream that nobody ends is sent to for ever, and a hundred of them fill the connection.',
      hints: [
        'A reader breaks out of its loop. What tells the server that it has?',
        'Nothing does, as the connection stays. A stream is ended by RST_STREAM with the code CANCEL, whatever becomes of its reader: `cancel` of `lessons/08-sse-over-http2/shared-connection.ts`. And the connection ends with its last stream only if all of them end.',
        'In `connect`, from the line after `const stream`: `try { … } finally { cancel(stream) }`.',
      ],
      read: '#the-client',
      look: /const stream = request\(|cancel\(stream\)/,
      standard: {
        quote:
          'The RST_STREAM frame fully terminates the referenced stream and causes it to enter the "closed" state.',
        url: `${standard}#section-6.4`,
      },
      faults: [
        {
          text: 'A reader that breaks out of its loop leaves its stream behind.',
          says: /^Waited in vain for (followers of the feed|connections of the server) to go: \d+ are left/,
          put: [['finally {\n      cancel(stream)\n    }', 'finally {\n    }']],
        },
        {
          text: 'The connection outlives its last stream.',
          says: /^Waited in vain for connections of the server to go: \d+ are left/,
          put: [
            [
              takeStream,
              pooled(
                'new SessionPool(1024 * 1024)',
                '// Kept for the next one.',
              ),
            ],
          ],
        },
      ],
    },
  ],
} satisfies Exercise
