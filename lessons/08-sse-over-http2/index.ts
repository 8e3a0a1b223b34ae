import type { Lesson } from '../lesson.ts'
import { subscribe } from './client.ts'
import { serve } from './server.ts'

export default {
  title: 'SSE over HTTP/2',
  secure: true,
  serve,
  subscribe,
  lineBreaks: 'LF',
  notes: {
    payload:
      'The format knows three line breaks and hands out one: CR and CRLF arrive as LF.',
    heartbeat:
      'Each side has its own sign. The server sends a PING and breaks a connection that does not answer; a client takes the comments on its stream for the sign that the server lives. A browser hides both from the page, so only the Node client notices a silent server.',
  },
  capabilities: {
    delivery: {
      is: 'stream',
      because:
        'One answer that never ends, and many of them on one connection.',
    },
    directions: {
      is: 'down',
      because: 'A message back is a POST of its own, on the same connection.',
    },
    binary: {
      is: false,
      because:
        'An event stream is UTF-8 text, and CR and CRLF in it arrive as LF.',
    },
    browser: {
      is: 'EventSource',
      because:
        'The page does not change: the browser and the server agree on HTTP/2 while they set up TLS.',
    },
    http: {
      is: ['2', '3'],
      because:
        'The lesson speaks HTTP/2. Over HTTP/1.1 it is lesson 04, with six connections.',
    },
    proxies: {
      is: 'no-buffer',
      because:
        'A proxy that buffers waits for an end that never comes. Behind it the server may speak HTTP/1.1: what counts for tabs is the way to the browser.',
    },
    auth: {
      is: 'cookie',
      because:
        'EventSource sends cookies and no header of yours. With fetch and a parser, any header.',
    },
    resume: {
      is: 'browser',
      because:
        'The browser keeps the last id and sends it as Last-Event-ID, for each stream.',
    },
    tabs: {
      is: 'stream',
      because:
        'All tabs share one connection and the limit of its streams: 100 unless the server names another, and never more than 256 in Chromium. Beyond, a stream waits without an error.',
    },
    closedPage: {
      is: false,
      because: 'The stream ends with the page.',
    },
    status: {
      is: 'current',
      because: 'In every browser, server and proxy for years.',
    },
    heartbeatMs: 15_000,
  },
} satisfies Lesson
