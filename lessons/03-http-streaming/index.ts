import type { Lesson } from '../lesson.ts'
import { subscribe } from './client.ts'
import { serve } from './server.ts'

export default {
  title: 'HTTP streaming',
  serve,
  subscribe,
  notes: {
    heartbeat:
      'The way is one way. The server cuts a client that takes no bytes for two heartbeats; one that vanished from the network while nothing fills its buffers is noticed by TCP only, after minutes.',
  },
  capabilities: {
    delivery: {
      is: 'stream',
      because: 'One answer that never ends: a message is a line of it.',
    },
    directions: {
      is: 'down',
      because:
        'A message back is a POST of its own. Browsers stream a request’s body over HTTP/2 only, and read no answer meanwhile.',
    },
    binary: {
      is: true,
      because:
        'A body may be any bytes, if you frame them yourself. The lesson’s lines are JSON.',
    },
    browser: {
      is: 'fetch',
      because:
        'fetch and its stream: Chrome 43, Firefox 65, Safari 10.1 and later.',
    },
    http: {
      is: ['1.1', '2', '3'],
      because: 'Chunks in HTTP/1.1, frames in HTTP/2 and HTTP/3.',
    },
    proxies: {
      is: 'no-buffer',
      because:
        'A proxy that buffers waits for an end that never comes. nginx obeys X-Accel-Buffering: no, which the lesson sends.',
    },
    auth: {
      is: 'any-header',
      because:
        'fetch sends any header, Authorization as well. From a page of another origin that costs a preflight.',
    },
    resume: {
      is: 'yours',
      because:
        'Your code keeps the last id, reconnects, and names it in the URL.',
    },
    tabs: {
      is: 'one',
      because:
        'Each tab holds one of the six connections of HTTP/1.1: the seventh tab does not load, and has no error to show.',
    },
    closedPage: {
      is: false,
      because: 'The stream ends with the page.',
    },
    status: { is: 'current', because: 'Living standards: Fetch and Streams.' },
    heartbeatMs: 15_000,
  },
} satisfies Lesson
