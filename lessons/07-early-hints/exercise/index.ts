// What is wrong with this folder's server, from easy to hard.

import type { Exercise } from '../../exercise.ts'
import { early, navigation, usable } from './checks.ts'

const standard = 'https://www.rfc-editor.org/rfc/rfc8297.html'

const page = '...hintedPage(import.meta.url),'

/** The solution answers a route after a change. */
const changed = (route: string, change: string) =>
  `...((routes) => ({
      ...routes,
      async '${route}'(request, response, gone) {
        ${change}
        return routes['${route}'](request, response, gone)
      },
    }))(hintedPage(import.meta.url)),`

export default {
  files: ['server.ts'],
  plain: true,
  steps: [
    {
      check: early,
      why: 'A hint saves the time in which the server thinks, and nothing else. One that comes with the page is a header more on the wire, and the page is no sooner there.',
      hints: [
        'The server thinks for 300 ms. What does the browser know meanwhile?',
        'It could know of the style sheet from the beginning: nobody has to think about that. `writeEarlyHints` sends a 103 at once, and the answer is still to come.',
        'Let `response.writeEarlyHints(…)` stand before `await sleep(300, gone)`.',
      ],
      read: '#the-server',
      look: /writeEarlyHints\(|await sleep\(/,
      standard: {
        quote:
          'The 103 (Early Hints) informational status code indicates to the client that the server is likely to send a final response with the header fields included in the informational response.',
        url: `${standard}#section-2`,
      },
      faults: [
        {
          text: 'The hint goes out when the page is ready.',
          says: /^the 103 must come before the server thinks: \d+ pings were answered before it/,
          put: [
            [
              page,
              changed(
                'GET /',
                'const { writeEarlyHints, end } = response\n        response.writeEarlyHints = (hints) => {\n          response.end = (html) => {\n            writeEarlyHints.call(response, hints)\n            end.call(response, html)\n          }\n        }',
              ),
            ],
          ],
        },
        {
          text: 'The link stands in the answer, and in no hint.',
          says: /^a 103 with the header link: <\/style\.css>; rel=preload; as=style must come before the page, got none/,
          put: [
            [
              page,
              changed(
                'GET /',
                "response.writeEarlyHints = ({ link }) => response.setHeader('link', link)",
              ),
            ],
          ],
        },
      ],
    },
    {
      check: usable,
      why: 'A browser puts what it was hinted at into its cache, and the page takes it from there. What no cache may keep is fetched twice: the hint makes the page slower.',
      hints: [
        'The style sheet is here before the page. Where is it kept until the page asks for it?',
        'In the cache of the browser, if that may keep it: look at its `cache-control`.',
        "`response.setHeader('cache-control', 'max-age=60')`, in the route of the style sheet.",
      ],
      read: '#in-production',
      look: /no-store|cache-control/,
      faults: [
        {
          text: 'No cache may keep the style sheet.',
          says: /^the style sheet must come with cache-control: max-age=60 or the like, got no-store/,
          put: [
            [
              page,
              changed(
                'GET /style.css',
                "const { setHeader } = response\n        response.setHeader = (name, value) =>\n          setHeader.call(response, name, name === 'cache-control' ? 'no-store' : value)",
              ),
            ],
          ],
        },
      ],
    },
    {
      check: navigation,
      why: 'A browser takes hints when it opens a page, and nowhere else. Some proxies and programs take a 103 for the answer: what nobody needs should not be sent.',
      hints: [
        'A script fetches the page as well, and a service worker. What are they to do with a hint?',
        'A browser says what a request is for, in `sec-fetch-mode`. A program that is no browser does not say.',
        'Before the hint: `if (isNavigation(request))`, of `lessons/07-early-hints/hinted-page.ts`, with `request` in the place of `_`.',
      ],
      read: '#the-server',
      look: /writeEarlyHints\(/,
      standard: {
        quote:
          'Therefore, a server might refrain from sending Early Hints over HTTP/1.1 unless the client is known to handle informational responses correctly.',
        url: `${standard}#section-3`,
      },
      faults: [
        {
          text: 'The server does not ask what the request is for.',
          says: /^a request with sec-fetch-mode: cors must get 0 hints, got 1/,
          put: [
            [
              page,
              changed('GET /', "delete request.headers['sec-fetch-mode']"),
            ],
          ],
        },
        {
          text: 'Hints are for who does not say what the request is for.',
          says: /^a request with sec-fetch-mode: navigate must get 1 hints, got 0/,
          put: [
            [
              page,
              changed(
                'GET /',
                "if (request.headers['sec-fetch-mode']) response.writeEarlyHints = () => {}",
              ),
            ],
          ],
        },
      ],
    },
    {
      check: 'resume',
      brings: ['order', 'payload', 'late-join', 'gap', 'refuse'],
      why: 'A connection that breaks takes its hints along. The client comes back with the id of its last message; a server that does not read that loses messages, and nobody is told.',
      hints: [
        'The client comes back with `?after=` and the id of its last message. What does this server do with it?',
        'A subscriber is a cursor. `afterOf` of `lessons/shared/router.ts` finds it in a request, and `feed.locate` makes a place of it, or refuses it.',
        'First in the route: `const cursor = feed.locate(afterOf(request))`, and then `cursor` in the place of `feed.present`, in the first hint and in `follow`.',
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
      why: 'HTTP/2 has no flow control for headers, and Node remembers each 103 until its answer ends. What bounds both can only be the end of the answer.',
      hints: [
        'How many hints does one answer have, for a client that takes none of the messages?',
        'Let an answer end after 64 hints, or a megabyte of what they lead to. The client asks again when it has taken that, and not before.',
        '`const enough = new AbortController()` and `const over = AbortSignal.any([gone, enough.signal])`; count the hints, and `Buffer.byteLength(data)` of the messages, and beyond `most` of `lessons/07-early-hints/server.ts` `enough.abort()`. `follow` takes `over`, and after it comes `response.writeHead(204).end()`.',
      ],
      read: '#the-server',
      look: /feed\.follow\(/,
      faults: [
        {
          text: 'An answer has no end.',
          says: /the server must take less than 24 MiB from the feed, and wait; it took 36 of 36/,
          put: [
            [
              'if (++hints >= most.hints || bytes >= most.bytes) enough.abort()',
              '',
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
      why: 'An interval that outlives its client runs as long as the process, and here it throws: a stream that is closed takes no more headers, and the server ends for everybody.',
      hints: [
        'Five clients came and left. What of them is still there?',
        'Whatever a client needs ends with its signal. And before it sends a hint, the server has to ask whether the stream still takes one.',
        'In the place of `setInterval`: `every(heartbeatMs, over, hint)`, of `lessons/shared/every.ts`; and in `hint`, first: `if (stream.closed || stream.destroyed || stream.headersSent) return`.',
      ],
      read: '#the-server',
      look: /setInterval\(|every\(/,
      faults: [
        {
          text: 'The interval outlives its client.',
          says: /^Waited in vain for timers of those who left to go: \d+ are left/,
          put: [
            [
              'every(heartbeatMs, over, tell)',
              'setInterval(() => tell(), heartbeatMs)',
            ],
          ],
        },
      ],
    },
  ],
} satisfies Exercise
