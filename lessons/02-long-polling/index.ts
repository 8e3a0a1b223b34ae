import type { Lesson } from '../lesson.ts'
import { subscribe } from './client.ts'
import { serve } from './server.ts'

export default {
  title: 'Long polling',
  serve,
  subscribe,
  notes: {
    backpressure:
      'A client that does not read does not ask: the server holds nothing for it. One answer carries at most 1 MiB of data.',
    heartbeat:
      'The answer to a held request is the sign of life: the server gives one at least every heartbeat. It notices a client that vanished at the next answer, not before.',
  },
  capabilities: {
    delivery: {
      is: 'held',
      because:
        'The server holds the request until there is something: each answer costs a request.',
    },
    directions: {
      is: 'down',
      because:
        'A message back is a POST of its own, on a second connection, since the first one waits.',
    },
    binary: {
      is: true,
      because: 'An answer’s body may be any bytes. The lesson’s is JSON.',
    },
    browser: {
      is: 'fetch',
      because: 'Any browser: it is one plain request after the other.',
    },
    http: { is: ['1.1', '2', '3'], because: 'Any version, unchanged.' },
    proxies: {
      is: 'patience',
      because:
        'Every answer ends, so buffering does no harm. A proxy must wait longer than the server holds a request.',
    },
    auth: {
      is: 'any-header',
      because:
        'fetch sends any header. From a page of another origin that costs a preflight.',
    },
    resume: {
      is: 'request',
      because:
        'Every request carries the cursor: coming back is the usual case.',
    },
    tabs: {
      is: 'one',
      because:
        'Each tab holds one of the six connections of HTTP/1.1: the seventh tab does not load, and has no error to show.',
    },
    closedPage: {
      is: false,
      because: 'A page that is closed does not ask.',
    },
    status: { is: 'current', because: 'Plain HTTP, and here to stay.' },
    heartbeatMs: 25_000,
  },
} satisfies Lesson
