import type { Lesson } from '../lesson.ts'
import { away } from './away.ts'
import { subscribe } from './client.ts'
import { serve } from './server.ts'

export default {
  title: 'Web Push',
  secure: true,
  encrypted:
    'Push services are asked over HTTPS, and what goes through them is encrypted.',
  serve,
  subscribe,
  show: away,
  notes: {
    backpressure:
      'At most 20 messages wait for one receiver, until it acknowledges them. Then the push service answers 429, and the application server keeps its place in the feed.',
    payload:
      'A push takes 4,096 bytes, encrypted. Of a larger message it holds the id alone, and the client asks for the data.',
    resume:
      'A message that was not acknowledged is pushed again. The client drops what it has seen, by its id.',
  },
  capabilities: {
    delivery: {
      is: 'stream',
      because:
        'The browser holds one connection to its vendor’s push service, for all sites together. The application server posts each message there.',
    },
    directions: {
      is: 'down',
      because: 'A message back is a POST of its own.',
    },
    binary: {
      is: true,
      because:
        'What is encrypted may be any bytes, up to 3,993. The lesson’s is text.',
    },
    browser: {
      is: 'Push API',
      because:
        'pushManager.subscribe() in a page, the event push in its service worker. It needs the user’s permission, and the vendor’s service.',
    },
    http: {
      is: ['1.1', '2'],
      because:
        'Application servers post over any version. RFC 8030 has the receiver collect over HTTP/2; browsers use protocols of their own.',
    },
    proxies: {
      is: 'nothing',
      because:
        'The application server makes plain requests, outwards. The browser’s own connection to its vendor must be let through.',
    },
    auth: {
      is: 'any-header',
      because:
        'A page registers its subscription with a request of yours. The server signs in to the push service with a token (VAPID).',
    },
    resume: {
      is: 'yours',
      because:
        'The push service keeps messages for a client that is away, within their TTL and its own limits. What is lost then, your ids must show.',
    },
    tabs: {
      is: 'none',
      because: 'The connection belongs to the browser, not to a page.',
    },
    closedPage: {
      is: true,
      because:
        'The browser starts the service worker when a message comes, though no page is open. On a phone it need not even run.',
    },
    status: {
      is: 'current',
      because:
        'Every browser has it; on iOS and iPadOS only for sites on the home screen.',
    },
    heartbeatMs: 15_000,
  },
} satisfies Lesson
