import type { Lesson } from '../lesson.ts'
import { subscribe } from './client.ts'
import { serve } from './server.ts'
import { visit } from './visit.ts'

export default {
  title: 'Early Hints',
  secure: true,
  serve,
  subscribe,
  show: visit,
  notes: {
    backpressure:
      'One answer hints at 64 messages or 1 MiB of data, whichever comes first. A client that does not read does not ask again.',
  },
  capabilities: {
    delivery: {
      is: 'stream',
      because:
        'One request stays open; each 103 on it says where a message is, and the client asks for that.',
    },
    directions: {
      is: 'down',
      because: 'A message back is a POST of its own, on the same connection.',
    },
    binary: {
      is: true,
      because:
        'What a hint leads to may be any bytes. The lesson’s messages are text.',
    },
    browser: {
      is: 'none',
      because:
        'A browser takes hints for a navigation only, and fills its cache with what they name. fetch shows no 103.',
    },
    http: {
      is: ['2'],
      because:
        'HTTP/1.1 and HTTP/3 carry 103 as well; over HTTP/1.1 Chromium and Safari ignore it.',
    },
    proxies: {
      is: 'no-proxy',
      because:
        'The standard wants every 1xx passed on. Many proxies drop it, and some take it for the answer.',
    },
    auth: {
      is: 'any-header',
      because:
        'The request that stays open is an ordinary one, and so is that for each message.',
    },
    resume: {
      is: 'yours',
      because:
        'Your code keeps the path of the last resource, and names it in the URL when it asks again.',
    },
    tabs: {
      is: 'stream',
      because:
        'One connection carries everything: the limit is the number of its streams, usually a hundred or more.',
    },
    closedPage: {
      is: false,
      because: 'The connection ends with the client.',
    },
    status: {
      is: 'current',
      because:
        'For what it is made for, pages: Chrome 103 and Firefox 123 preload, Safari 17 connects early, and CDNs send it.',
    },
    heartbeatMs: 15_000,
    roundTrips: 1,
  },
} satisfies Lesson
