// What is wrong with this folder's server, from easy to hard.

import type { Edit, Exercise } from '../../exercise.ts'
import { endpoint, gone, patience, waits } from './checks.ts'

const standard = 'https://www.rfc-editor.org/rfc/rfc8030.html'

const sending = 'send: sender({ keys, own, log, closing }),'

/** The solution hands a message to something else than its sender. */
const sends = (otherwise: string): Edit => [
  sending,
  `send: ((send) => ${otherwise})(sender({ keys, own, log, closing })),`,
]

/** The solution posts by itself: `post` takes settings. */
const posts = (body: string): Edit[] => [
  [
    "import { sender } from './sender.ts'\n",
    "import https from 'node:https'\nimport webpush from 'web-push'\n",
  ],
  [
    sending,
    `send: async (subscription, text, signal) => {
        const agent = new https.Agent({ ca: certificate.cert })
        const usual = { TTL: 60, vapidDetails: keys, agent }
        const post = (settings = {}) =>
          webpush.sendNotification(subscription, text, { ...usual, ...settings })
        ${body}
        return true
      },`,
  ],
]

/** The solution answers a route in another way. */
const routes = (changed: string): Edit => [
  "    async 'GET /service-worker.js'(",
  `    ${changed},\n    async 'GET /service-worker.js'(`,
]

export default {
  files: ['server.ts'],
  // Each message to each subscriber is a request of its own, encrypted twice, and
  // `fan-out` has 800 of them: on two busy cores they take more than 10 s.
  restDeadlineMs: 15_000,
  steps: [
    {
      check: waits,
      why: 'Web Push is for somebody who is not there. With TTL 0 the push service forgets a message that it cannot deliver at once, answers 201 all the same, and nobody is told.',
      hints: [
        'The receiver is away when the message comes to the push service. How long does that keep it?',
        'As long as the server says, in a header that `web-push` takes as a setting. It counts in seconds, and 0 is now or never.',
        'In `send`: `TTL: 3_600` in the place of `TTL: 0`, for an hour.',
      ],
      read: '#in-production',
      look: /TTL/,
      standard: {
        quote:
          'If the user agent is unavailable, a push message with a zero TTL expires and is never delivered.',
        url: `${standard}#section-5.2`,
      },
      faults: [
        {
          text: 'The server pushes now or never.',
          says: /^a receiver must have a minute at least to come back; its message was posted with TTL: 0, answered 201/,
          put: posts('await post({ TTL: 0 })'),
        },
        {
          text: 'All messages have one topic: the newest takes the place of the others.',
          says: /^a receiver must find its messages when it comes back, got "and once more"/,
          put: posts("await post({ topic: 'news' })"),
        },
      ],
    },
    {
      check: endpoint,
      why: 'A subscription says where your server posts. Whoever may write that reaches through it what only your server can reach: the database beside it, the metadata of the cloud.',
      hints: [
        'Who has written the `endpoint` to which this server posts?',
        'Any client. There are few push services in the world, so let in those that you know, and answer 400 to all others. Here only the one beside this server is known.',
        "`subscriptions.add(parsePushSubscription(await readText(request, 4_096), origin(), false))`, of `lessons/11-web-push/push-subscription.ts` and `lessons/shared/read-text.ts`. It looks at the keys as well. With `true` the browsers' vendors are known, too.",
      ],
      read: '#a-real-vendors-service',
      look: /subscriptions\.add\(|parsePushSubscription\(/,
      faults: [
        {
          text: 'The server posts wherever it is told to.',
          says: /^a subscription with the endpoint \S+ must be answered 400, got 201/,
          put: [
            routes(
              "async 'POST /subscriptions'(_, response) {\n      response.writeHead(201).end()\n    }",
            ),
          ],
        },
        {
          text: 'The server refuses every subscription.',
          says: /^a subscription of the push service here must be answered 201, got 400/,
          put: [
            [
              '      keys,\n      origin,\n',
              "      keys,\n      origin: () => 'https://push.example',\n",
            ],
          ],
        },
      ],
    },
    {
      check: gone,
      why: 'People uninstall, and say no. The push service answers 410 then: an error that nobody catches ends your server for all others, and a sender that goes on posting is refused one day.',
      hints: [
        'Somebody has left. What does the push service answer to the next message, and who looks at that?',
        '`sendNotification` throws for every status but 2xx, and the error has the `statusCode`. 404 and 410 are the only way to hear that somebody has left.',
        'In the loop: `send(subscription, message).catch(({ statusCode }) => { if (statusCode === 404 || statusCode === 410) subscriptions.delete(subscription) })`.',
      ],
      read: '#the-server',
      look: /send\(subscription, message\)/,
      standard: {
        quote:
          'A push service MUST return a 404 (Not Found) status code if an application server attempts to send a push message to an expired push message subscription.',
        url: `${standard}#section-7.3`,
      },
      faults: [
        {
          text: 'The server posts to those who are gone for ever.',
          says: /^who is gone must be forgotten; the server posted [3-6] messages to it, and each was answered 410/,
          put: [
            sends(
              'async (subscription, text, signal) => {\n        await send(subscription, text, signal)\n        return true\n      }',
            ),
          ],
        },
      ],
    },
    {
      check: patience,
      // The push service wants to be left alone for a second of it.
      deadlineMs: 4_000,
      why: 'A push service limits how much waits for one receiver, and how much you send. A message that it refused is lost if you do not come back, and whoever comes back at once is refused for longer.',
      hints: [
        'The push service has room for 20 messages. What becomes of the next one?',
        '429 is no error for good: the same message may be posted again, after as many seconds as the header `retry-after` says.',
        "In `send`, a loop: `while (!closing.aborted) try { await webpush.sendNotification(subscription, text, settings); return } catch (error) { const { statusCode, headers } = error as WebPushError; if (statusCode !== 429) throw error; await sleep(retryAfterMs(headers['retry-after']) || 50, closing) }`, with `retryAfterMs` of `lessons/shared/refused.ts`, `sleep` of `lessons/shared/sleep.ts`, and the type `WebPushError` of `web-push`.",
      ],
      read: '#break-it',
      look: /sendNotification\(/,
      standard: {
        quote:
          'The push service SHOULD also include a Retry-After header [RFC7231] to indicate how long the application server is requested to wait before it makes another request to the push resource.',
        url: `${standard}#section-8.4`,
      },
      faults: [
        {
          text: 'A message that is refused is forgotten.',
          says: /^Waited in vain for the message that was refused with 429; the receiver has 20 of 21/,
          put: posts('await post().catch(() => {})'),
        },
        {
          text: 'The server does not look at Retry-After.',
          says: /^after 429 with Retry-After: 1 the server must wait for a second; it posted \d+ more within 300 ms/,
          put: posts(
            'while (!signal.aborted && !(await post().catch(() => {})))\n          await new Promise((resolve) => setTimeout(resolve, 10))',
          ),
        },
      ],
    },
    {
      check: 'resume',
      // Each message is a request of its own.
      deadlineMs: 6_000,
      brings: ['order', 'late-join', 'gap', 'release', 'shutdown', 'refuse'],
      why: 'The push service promises no order and may forget. A subscription that is lost, or a server that starts again, loses what came meanwhile, unless each subscriber has a place in the feed.',
      hints: [
        'The client subscribes with `?after=` and the id of its last message. And two messages are posted at once: which one is accepted first?',
        'A subscriber is a cursor. Give each subscription a `feed.follow` of its own in the place of the loop: its callback returns the promise of `send`, so the next message waits until this one is accepted. `afterOf` and `pathOf` of `lessons/shared/router.ts` find what a request is about. Who leaves has to be able to end it: `DELETE` on the `location` that the server answers.',
        "In `GET /messages`: `const after = feed.locate(afterOf(request))`. In `POST /subscriptions`, first: `const cursor = feed.locate(afterOf(request))`; and at its end, with `followers` a `Map<string, AbortController>`: `const path = '/subscriptions/' + encodeURIComponent(subscription.endpoint); followers.get(path)?.abort(); const follower = new AbortController(); followers.set(path, follower); feed.follow(cursor, AbortSignal.any([follower.signal, closing]), (message) => send(subscription, message)).catch(() => followers.delete(path)); response.writeHead(201, { location: path }).end()`. And a route `'DELETE /subscriptions/*'(request, response) { followers.get(pathOf(request))?.abort(); response.writeHead(204).end() }`.",
      ],
      read: '#the-server',
      look: /feed\.follow\(/,
      faults: [
        {
          text: 'The server does not read the cursor.',
          says: /^(message \d+, "message \d+ .*", must be next, got|Waited in vain for message \d+|it was told of a gap)/,
          put: [
            routes(
              "'POST /subscriptions'(request, response, gone) {\n      request.url = '/subscriptions'\n      return app['POST /subscriptions'](request, response, gone)\n    }",
            ),
            [
              '  const routes = {\n',
              '  const app = applicationServer({\n      feed, keys, origin, log, closing,\n      send: sender({ keys, own, log, closing }),\n  })\n  const routes = {\n',
            ],
          ],
        },
      ],
    },
    {
      check: 'payload',
      brings: ['fan-out', 'backpressure', 'heartbeat', 'publish'],
      why: 'A push is at most 4,096 bytes, encryption included. What is larger is refused with 413, today the first time somebody writes a long comment.',
      hints: [
        'How large may a push be, and what does the push service answer to a larger one?',
        'Push the id alone then, and let the client ask for the data at `/messages/` and that id: it does so by itself when a push has no data.',
        "`encodePayload(message)` of `lessons/11-web-push/payload.ts` in the place of `JSON.stringify(message)`. And a route: `'GET /messages/*'(request, response) { const message = feed.find(pathOf(request).slice('/messages/'.length)); if (message === undefined) throw new Refusal(404, 'There is no such message here.'); response.setHeader('content-length', Buffer.byteLength(message.data)); response.end(message.data) }`, with `Refusal` of `lessons/shared/refusal.ts`.",
      ],
      read: '#the-server',
      look: /JSON\.stringify\(message\)|encodePayload\(/,
      standard: {
        quote:
          'Push services MUST NOT return a 413 status code in responses to an entity body that is 4096 bytes or less in size.',
        url: `${standard}#section-7.2`,
      },
      faults: [
        {
          text: 'A large message is pushed whole.',
          says: /^Waited in vain for message 14, "x+"/,
          put: [
            sends(
              '(subscription, text, signal) => send(subscription, JSON.stringify(feed.find(JSON.parse(text).id)), signal)',
            ),
          ],
        },
        {
          text: 'Nobody can ask for the data of a large message.',
          says: /^message 14, "x+.*, must be next, got "CR/,
          put: [
            routes(
              "'GET /messages/*'(_, response) {\n      response.writeHead(404).end()\n    }",
            ),
          ],
        },
      ],
    },
  ],
} satisfies Exercise
