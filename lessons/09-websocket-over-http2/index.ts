import type { Lesson } from '../lesson.ts'
import { subscribe } from './client.ts'
import { serve } from './server.ts'

export default {
  title: 'WebSocket over HTTP/2',
  secure: true,
  serve,
  subscribe,
  notes: {
    backpressure:
      'HTTP/2 holds back each stream by itself: a subscription that does not read stops its own WebSocket, and no other on the connection. A browser reads on and keeps what the page has not taken.',
    publish:
      'A frame that was sent is not answered: a message published just before the connection breaks may be lost, and nobody is told.',
  },
  capabilities: {
    delivery: {
      is: 'stream',
      because:
        'A stream that stays open, one of many on a connection: a message is a WebSocket frame in a DATA frame.',
    },
    directions: {
      is: 'both',
      because:
        'Frames both ways at any time. One that was sent is not answered, unless you build that.',
    },
    binary: {
      is: true,
      because: 'There are binary frames. The lesson’s are text.',
    },
    browser: {
      is: 'WebSocket',
      because:
        'The same API. The browser uses HTTP/2 if it has a connection to the origin already, and tells no page whether.',
    },
    http: {
      is: ['2', '1.1'],
      because:
        'RFC 8441 for HTTP/2, an Upgrade on the same port for clients that come by HTTP/1.1. RFC 9220 does it on HTTP/3.',
    },
    proxies: {
      is: 'upgrade',
      because:
        'A proxy must take extended CONNECT, and announce it. One that does not is asked by HTTP/1.1, and must pass on the Upgrade.',
    },
    auth: {
      is: 'cookie',
      because:
        'A page sets no header. Cookies come along, also from foreign pages: the server must check Origin.',
    },
    resume: {
      is: 'yours',
      because:
        'The protocol knows no ids and no reconnect: cursor, delays and gaps are code of yours.',
    },
    tabs: {
      is: 'stream',
      because:
        'All tabs share one connection: the limit is the number of its streams, usually a hundred or more.',
    },
    closedPage: {
      is: false,
      because: 'The connection ends with the last page.',
    },
    status: {
      is: 'current',
      because: 'RFC 8441, since 2018; in browsers, and in few proxies.',
    },
    heartbeatMs: 15_000,
  },
} satisfies Lesson
