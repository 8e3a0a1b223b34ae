import type { Lesson } from '../lesson.ts'
import { subscribe } from './client.ts'
import { serve } from './server.ts'

export default {
  title: 'Short polling',
  serve,
  subscribe,
  notes: {
    backpressure:
      'A client that does not read does not ask: the server holds nothing for it. One answer carries at most 1 MiB of data.',
    release:
      'There is no open subscription to let go of: the server forgets the client after each answer.',
    heartbeat:
      'There is no idle connection to keep alive: every poll is a sign of life, and has a deadline.',
  },
  capabilities: {
    delivery: {
      is: 'poll',
      because:
        'The client asks in intervals: a message waits for the next poll, half the interval on average.',
    },
    directions: {
      is: 'down',
      because: 'A message back is a POST of its own, and is answered.',
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
      is: 'nothing',
      because:
        'Every answer ends at once, so a proxy that buffers does no harm. A cache would: hence no-store.',
    },
    auth: {
      is: 'any-header',
      because:
        'fetch sends any header. From a page of another origin that costs a preflight.',
    },
    resume: {
      is: 'request',
      because: 'Every poll carries the cursor: coming back is the usual case.',
    },
    tabs: {
      is: 'none',
      because: 'Between two polls a page holds no connection for itself.',
    },
    closedPage: {
      is: false,
      because: 'A page that is closed does not ask.',
    },
    status: { is: 'current', because: 'Plain HTTP, and here to stay.' },
  },
} satisfies Lesson
