// What is wrong with this folder's server, from easy to hard.

import type { Exercise } from '../../exercise.ts'
import { cursor, hold } from './checks.ts'

const upToDate = 'cursor === asked && feed.read(cursor).length === 0'
const wait = 'await feed.published(heartbeatMs, gone)'

export default {
  files: ['server.ts'],
  steps: [
    {
      check: 'origin',
      why: 'A page of any site can poll a server that its reader reaches, on the intranet or on this very machine. With `*` it may read the answers, and it may publish as well.',
      hints: [
        'A browser says who is asking, in the headers `Origin` and `Host`. This server looks at neither, and lets everybody read the answer.',
        '`lessons/shared/http-server.ts` looks at both before it hands a request on. It takes routes, by method and path; the one for what is published is there: `publishRoute` in `lessons/shared/router.ts`.',
        "In the place of `createServer`: `return httpServer(import.meta.url, options, { ...publishRoute(feed, options), 'GET /messages'(request, response, gone) { waiting.push(response) } })`, where `options` is what was called `_`. What answers POST goes, and so does the header that lets everybody in.",
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
      check: cursor,
      brings: ['publish', 'retry', 'fan-out'],
      why: 'Between an answer and the next poll nobody waits. What is published just then has nobody to go to, and the client does not even know that there was something.',
      hints: [
        'What does the second request tell the server about the first answer?',
        'Let every answer carry a cursor, in its header `etag`. A client that has none yet needs one before it can wait: answer it at once, without messages.',
        'In the route, first: `if (askedAfter(request) === null) return answerPoll(request, response, feed, feed.present)`, both of `lessons/01-short-polling/poll.ts`. And where the message is answered, `etag` beside the content type: the id of the message, in quotes.',
      ],
      read: '#on-the-wire',
      look: /writeHead\(200|answerPoll\(|waiting\.push/,
      standard: {
        quote:
          'If-None-Match is primarily used in conditional GET requests to enable efficient updates of cached information with a minimum amount of transaction overhead.',
        url: 'https://www.rfc-editor.org/rfc/rfc9110.html#section-13.1.2',
      },
      faults: [
        {
          text: 'Who has no cursor waits for one.',
          says: /^Waited in vain for an answer at once to a poll without a cursor/,
          put: [[upToDate, 'feed.present !== asked || cursor === asked']],
        },
        {
          text: 'A poll that has everything is answered at once, and comes again at once.',
          says: /^a poll with the present cursor must wait for a message, got 304/,
          put: [[`if (upToDate) ${wait}`, '']],
        },
      ],
    },
    {
      check: hold,
      why: 'Proxies give up on an answer after 30 or 60 seconds, and answer 504 in your place. The client takes that for an error, waits, and is away while a message comes.',
      hints: [
        'Nothing is published for a minute. Who answers first: your server, or the proxy?',
        'Each poll that waits needs a timer: when it has waited for `heartbeatMs`, the answer is that there was nothing. HTTP has a status for a client whose ETag is still the right one.',
        'After `waiting.push(response)`: `setTimeout(() => { if (!response.writableEnded) answerPoll(request, response, feed, feed.present) }, heartbeatMs)`, with `const { heartbeatMs = 25_000 } = options`. And who was answered must not be answered again: `if (!response.writableEnded)` in the loop over `waiting` as well.',
      ],
      read: '#the-server',
      look: /waiting\.push|setTimeout\(|published\(/,
      standard: {
        quote:
          'The 304 (Not Modified) status code indicates that a conditional GET or HEAD request has been received and would have resulted in a 200 (OK) response if it were not for the fact that the condition evaluated to false.',
        url: 'https://www.rfc-editor.org/rfc/rfc9110.html#section-15.4.5',
      },
      faults: [
        {
          text: 'A poll waits until something is published.',
          says: /^Waited in vain for an answer to an idle poll/,
          put: [[wait, 'await feed.published(86_400_000, gone)']],
        },
      ],
    },
    {
      check: 'resume',
      brings: [
        'order',
        'payload',
        'late-join',
        'gap',
        'refuse',
        'release',
        'heartbeat',
        'shutdown',
        'backpressure',
      ],
      why: 'A poll says what its client has, in its cursor. A server that does not read that loses whatever came between two polls, or while a phone changed its network, and nobody is told.',
      hints: [
        'Every poll carries the cursor of the last answer. What does this server do with it?',
        'Answer each poll out of the feed, from its own cursor, and wait only if there is nothing after it. `feed.published` waits for the next message, or for a time, or until the client has left; then nobody needs the list, nor a timer.',
        'The route, made `async`: `const asked = askedAfter(request)`, `const cursor = feed.locate(asked)`, then `if (cursor === asked && feed.read(cursor).length === 0) await feed.published(heartbeatMs, gone)` and `answerPoll(request, response, feed, cursor)`. All the rest of it goes, and so does `waiting`.',
      ],
      read: '#the-server',
      look: /waiting\.push|feed\.locate\(/,
      faults: [
        {
          text: 'The server does not read the cursor.',
          says: /^(message \d+, "message \d+ .*", must be next, got|Waited in vain for message \d+|it was told of a gap)/,
          put: [['feed.locate(asked)', 'feed.locate()']],
        },
        {
          text: 'A poll waits, although there is something for it.',
          says: /^Waited in vain for (message \d+|an open connection)/,
          put: [[upToDate, 'cursor === asked']],
        },
      ],
    },
  ],
} satisfies Exercise
