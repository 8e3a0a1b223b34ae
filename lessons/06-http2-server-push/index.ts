import type { Lesson } from '../lesson.ts'
import { subscribe } from './client.ts'
import { serve } from './server.ts'
import { visit } from './visit.ts'

export default {
  title: 'HTTP/2 server push',
  secure: true,
  serve,
  subscribe,
  show: visit,
  notes: {
    backpressure:
      'The server sends one message at a time and waits until its stream is closed. HTTP/2 lets a client hold back a stream, not the next promise: what the Node client has not taken waits in its memory.',
  },
  capabilities: {
    delivery: {
      is: 'stream',
      because:
        'One request stays open; each message is a resource promised on it.',
    },
    directions: {
      is: 'down',
      because: 'A message back is a POST of its own, on the same connection.',
    },
    binary: {
      is: true,
      because: 'A pushed body may be any bytes. The lesson’s is text.',
    },
    browser: {
      is: 'none',
      because:
        'Browsers announce ENABLE_PUSH=0. Even where they took a push, it filled the cache and gave the page no event.',
    },
    http: {
      is: ['2'],
      because:
        'HTTP/3 has pushes of its own (RFC 9114), which browsers never took.',
    },
    proxies: {
      is: 'no-proxy',
      because:
        'A proxy ends the client’s connection, and with it the promises: it would have to push itself.',
    },
    auth: {
      is: 'any-header',
      because:
        'The request that stays open is an ordinary one. Promises carry what the server puts into them.',
    },
    resume: {
      is: 'yours',
      because:
        'Your code keeps the path of the last resource, reconnects, and names it in the URL.',
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
      is: 'ending',
      because:
        'Chrome 106 and Firefox 132 switched it off, nginx 1.25.1 removed it.',
    },
    heartbeatMs: 15_000,
  },
} satisfies Lesson
