import type { Lesson } from '../lesson.ts'
import { subscribe } from './client.ts'
import { serve } from './server.ts'

export default {
  title: 'Server-Sent Events',
  serve,
  subscribe,
  lineBreaks: 'LF',
  notes: {
    payload:
      'The format knows three line breaks and hands out one: CR and CRLF arrive as LF.',
    heartbeat:
      'The way is one way. The server cuts a client that takes no bytes for two heartbeats; one that vanished from the network while nothing fills its buffers is noticed by TCP only, after minutes. A browser hides comments from the page, so only the Node client notices a silent server.',
  },
  capabilities: {
    delivery: {
      is: 'stream',
      because: 'One answer that never ends: a message is an event of it.',
    },
    directions: {
      is: 'down',
      because: 'A message back is a POST of its own, and is answered.',
    },
    binary: {
      is: false,
      because:
        'An event stream is UTF-8 text, and CR and CRLF in it arrive as LF.',
    },
    browser: {
      is: 'EventSource',
      because:
        'Built into every browser: it parses, reconnects and resumes by itself.',
    },
    http: {
      is: ['1.1', '2', '3'],
      because: 'Any version that has a body without a known length.',
    },
    proxies: {
      is: 'no-buffer',
      because:
        'A proxy that buffers waits for an end that never comes. nginx obeys X-Accel-Buffering: no, which the lesson sends.',
    },
    auth: {
      is: 'cookie',
      because:
        'EventSource sends cookies and no header of yours. With fetch and a parser, any header.',
    },
    resume: {
      is: 'browser',
      because:
        'The browser keeps the last id and sends it as Last-Event-ID. After a status other than 200 it gives up, and a new EventSource is yours to make.',
    },
    tabs: {
      is: 'one',
      because:
        'Each tab holds one of the six connections of HTTP/1.1: the seventh waits without an error.',
    },
    closedPage: {
      is: false,
      because: 'The stream ends with the page.',
    },
    status: {
      is: 'current',
      because: 'Part of the HTML standard, and in every browser.',
    },
    heartbeatMs: 15_000,
  },
} satisfies Lesson
