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
} satisfies Lesson
