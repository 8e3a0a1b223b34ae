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
} satisfies Lesson
