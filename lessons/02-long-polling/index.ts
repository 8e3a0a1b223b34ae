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
} satisfies Lesson
