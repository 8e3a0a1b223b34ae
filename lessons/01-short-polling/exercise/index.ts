// What is wrong with this folder's client, from easy to hard.

import type { Exercise } from '../../exercise.ts'
import { conditional } from './checks.ts'

export default {
  files: ['client.ts'],
  steps: [
    {
      check: 'late-join',
      brings: ['publish', 'shutdown', 'backpressure'],
      why: 'A client that does not know where it is asks for the present again and again, and never gets what was published between two polls.',
      hints: [
        'The first poll names no cursor. Where could the client learn one for the second poll, if there was no message yet?',
        'Every answer carries the cursor in its `etag`, an empty one as well. Take it once the body is here: an answer that breaks off must be asked for again.',
        "After the loop over what was found: `after = parseETag(response.headers.get('etag')) ?? after`, with `parseETag` of `lessons/01-short-polling/etag.ts`. An answer with 204 has no body to read: `response.status === 200 ? await response.json() : []`.",
      ],
      read: '#the-client',
      look: /await response\.json\(\)|parseETag\(|readAnswer\(/,
      standard: {
        quote:
          'An entity tag is an opaque validator for differentiating between multiple representations of the same resource, regardless of whether those multiple representations are due to resource state changes over time, content negotiation resulting in multiple representations being valid at the same time, or both.',
        url: 'https://www.rfc-editor.org/rfc/rfc9110.html#section-8.8.3',
      },
      faults: [
        {
          text: 'The client takes no cursor from an answer without messages.',
          says: /^Waited in vain for (message 1, "while it was away"|the subscriber to come back)/,
          put: [
            [
              'for (const arrival of arrivals) {',
              'for (const arrival of arrivals) {\n          if (arrival.data === undefined) { yield {}; continue }',
            ],
          ],
        },
      ],
    },
    {
      check: conditional,
      why: 'Nearly every poll finds nothing. A condition in the request lets the server say so in the fewest bytes that HTTP has, and a cache in between may say it, too.',
      hints: [
        'HTTP has a header for a client that knows the ETag of what it has: the server then answers only if there is something else.',
        'Send the last cursor as `If-None-Match`, in quotes, as the ETag had them, in the place of `?after=`.',
        "`const headers = after === undefined ? {} : { 'if-none-match': JSON.stringify(after) }`, and then `fetch(messages, { headers })`.",
      ],
      read: '#the-client',
      look: /searchParams\.set|if-none-match/,
      standard: {
        quote:
          'If-None-Match is primarily used in conditional GET requests to enable efficient updates of cached information with a minimum amount of transaction overhead.',
        url: 'https://www.rfc-editor.org/rfc/rfc9110.html#section-13.1.2',
      },
      faults: [
        {
          text: 'The client asks without a condition.',
          says: /^a poll after an answer with ETag: "poll42-7" must carry If-None-Match: "poll42-7", got none/,
          put: [["'if-none-match': `", "'x-after': `"]],
        },
        {
          text: 'The client forgets the quotes.',
          says: /must carry If-None-Match: "poll42-7", got poll42-7/,
          // biome-ignore lint/suspicious/noTemplateCurlyInString: it is source
          put: [['`"${after}"`', '`${after}`']],
        },
      ],
    },
    {
      check: 'refuse',
      why: 'A server that says no says why. A client that does not look at the status asks the same for ever, and tells its user that a message was sent which never was.',
      hints: [
        'What does this client do with an answer of 400, or 413?',
        '`lessons/shared/http-client.ts` has requests that look: `open` and `post` throw a `SubscribeError` with the sentence of the server. The subscription must end with it.',
        '`const response = await open(messages, { headers })` in the place of `fetch`, with `response.statusCode`, `response.headers.etag` and `JSON.parse(await text(response))` of `node:stream/consumers`; `post(messages, data, options)` to publish; and in the `catch`: `if (error instanceof SubscribeError) throw error`.',
      ],
      read: '#the-client',
      look: /catch|post\(/,
      standard: {
        quote:
          'The 400 (Bad Request) status code indicates that the server cannot or will not process the request due to something that is perceived to be a client error (e.g., malformed request syntax, invalid request message framing, or deceptive request routing).',
        url: 'https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.1',
      },
      faults: [
        {
          text: 'Nobody is told that a message was refused.',
          says: /^Waited in vain for an oversized message to be refused/,
          put: [
            [
              'post(messages, data, options)',
              'post(messages, data, options).catch(() => {})',
            ],
          ],
        },
        {
          text: 'The client takes a refusal for an answer without messages.',
          says: /^Waited in vain for the subscription to end with an error/,
          put: [
            [
              'await poll(messages, agent, after, options)',
              'await poll(messages, agent, after, options).catch(() => ({ arrivals: [], more: false }))',
            ],
          ],
        },
      ],
    },
    {
      check: 'retry',
      brings: ['gap', 'heartbeat'],
      why: 'A server that is down is asked by all its clients at once, in the same rhythm, and again as it comes up. And a client that asks on in silence cannot say what it has missed.',
      hints: [
        'The connection breaks, or the server says `503` with `Retry-After`. When does this client ask again?',
        '`lessons/shared/resuming.ts` has what every client here does: it waits longer each time, obeys the server, and compares the ids. It takes a function that opens one connection after a cursor and yields what arrives.',
        '`async function* connect(after: string | undefined): AsyncGenerator<Arrival>` with the loop and no `try` in it, which yields the messages and then `{ id: after }`, and at the end `return resuming(connect, (data) => post(messages, data, options), options)`. The body is read as `text(body(response, heartbeatMs))`, with `body` of `lessons/shared/http-client.ts`: silence for two heartbeats is an error, too; so is no answer with `limitMs: 2 * heartbeatMs` for `open`.',
      ],
      read: '#the-client',
      look: /await sleep\(|resuming\(/,
      standard: {
        quote:
          'Servers send the "Retry-After" header field to indicate how long the user agent ought to wait before making a follow-up request.',
        url: 'https://www.rfc-editor.org/rfc/rfc9110.html#section-10.2.3',
      },
      faults: [
        {
          text: 'The client does not look at Retry-After.',
          says: /^the server asked for 7,000 ms of peace, got \d+/,
          put: [
            [
              "import { sleep } from '../shared/sleep.ts'",
              "import { sleep } from '../shared/sleep.ts'\nimport { ConnectionError } from '../shared/connection-error.ts'",
            ],
            [
              'await open(url, { headers, agent, signal, ca, limitMs })',
              'await open(url, { headers, agent, signal, ca, limitMs }).catch(({ message }) => {\n    throw new ConnectionError(message)\n  })',
            ],
          ],
        },
        {
          text: 'The client waits as long each time.',
          says: /^delay \d must lie between \d+ and \d+ ms, got \d+|^two clients must not come back at the same times/,
          put: [
            [
              'return resuming(connect, (data) => post(messages, data, options), options)',
              "return resuming(connect, (data) => post(messages, data, options), { ...options, onState: (state) => options.onState?.(state.is === 'waiting' ? { ...state, delayMs: options.retryMs } : state) })",
            ],
          ],
        },
      ],
    },
    {
      check: 'release',
      brings: ['fan-out'],
      deadlineMs: 800,
      why: 'The page is closed, and its client still holds a connection, or waits for the end of an interval. A hundred that came and went are a hundred connections.',
      hints: [
        'Who ends the request that is under way when `signal` aborts? And the connection that was kept for the next poll?',
        'Whatever waits takes the signal: the request, and `sleep` of `lessons/shared/sleep.ts`. Keep the connection in an agent of your own, and let that go in a `finally`.',
        '`const agent = reusingAgent(messages)` before the loop, `open(messages, { headers, agent, signal, ca, limitMs })` in it, `await sleep(intervalMs, signal)` at its end, and around it `try { … } finally { agent.destroy() }`.',
      ],
      read: '#the-client',
      look: /await sleep\(|agent/,
      faults: [
        {
          text: 'The connection outlives the subscription.',
          says: /^Waited in vain for connections of the server to go: \d+ are left/,
          put: [['agent.destroy()', '']],
        },
      ],
    },
  ],
} satisfies Exercise
