import type { Lesson } from '../lesson.ts'
import { subscribe } from './client.ts'
import { serve } from './server.ts'

export default {
  title: 'WebSocket',
  serve,
  subscribe,
  notes: {
    backpressure:
      'The server holds back for a client that does not read, and so does the Node client. A browser reads on and keeps what the page has not taken.',
    publish:
      'A frame that was sent is not answered: a message published just before the connection breaks may be lost, and nobody is told.',
  },
  capabilities: {
    delivery: {
      is: 'stream',
      because: 'One connection that stays open: a message is a frame on it.',
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
      because: 'Built into every browser: frames, and nothing above them.',
    },
    http: {
      is: ['1.1'],
      because:
        'The lesson upgrades a connection of HTTP/1.1. RFC 8441 does it on a stream of HTTP/2, RFC 9220 on one of HTTP/3.',
    },
    proxies: {
      is: 'upgrade',
      because:
        'Each proxy must pass on the Upgrade: nginx does so after three lines of configuration.',
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
      is: 'own',
      because:
        'The six connections of HTTP/1.1 do not count for it: eight opened in one page.',
    },
    closedPage: {
      is: false,
      because: 'The connection ends with the page.',
    },
    status: {
      is: 'current',
      because: 'RFC 6455 and a living standard, in every browser.',
    },
    heartbeatMs: 15_000,
  },
} satisfies Lesson
