import type { Lesson } from '../lesson.ts'
import { subscribe } from './client.ts'
import { missingQuiche } from './quic/quiche.ts'
import { serve } from './server.ts'

export default {
  title: 'WebTransport',
  certified: true,
  encrypted: 'QUIC has no plain form.',
  udp: true,
  missing: missingQuiche,
  serve,
  subscribe,
  notes: {
    backpressure:
      'Each stream waits for itself: a message on its way up does not wait for one on its way down.',
    publish:
      'A stream for each message, which the server answers on the same stream: an id, or why not.',
    retry:
      'The delays are the client’s own: the stream has no field for a wish of the server. Retry-After counts where a session is refused.',
  },
  capabilities: {
    delivery: {
      is: 'stream',
      because:
        'The server opens a stream that stays open. Datagrams come beside it, and may be lost.',
    },
    directions: {
      is: 'both',
      because:
        'Either side opens streams, one way or both, and sends datagrams at any time.',
    },
    binary: {
      is: true,
      because: 'Streams and datagrams carry bytes. The lesson’s are text.',
    },
    browser: {
      is: 'WebTransport',
      because:
        'Streams of the platform, with backpressure: ReadableStream and WritableStream.',
    },
    http: {
      is: ['3'],
      because:
        'A session is one request of HTTP/3. A version over HTTP/2 is a draft.',
    },
    proxies: {
      is: 'udp',
      because:
        'QUIC is UDP, which some networks do not let out. There is no fallback: keep another transport beside it.',
    },
    auth: {
      is: 'cookie',
      because:
        'A page sets no header, and no cookies come along either: put a token into the URL, or into the first stream.',
    },
    resume: {
      is: 'yours',
      because:
        'A session that is lost is gone: cursor, delays and gaps are code of yours.',
    },
    tabs: {
      is: 'own',
      because:
        'Each session has a connection of its own, unless pages allow to share.',
    },
    closedPage: {
      is: false,
      because: 'The session ends with the page.',
    },
    status: {
      is: 'draft',
      because:
        'The protocol is a draft of the IETF: browsers and servers differ in its version.',
    },
    heartbeatMs: 15_000,
  },
} satisfies Lesson
