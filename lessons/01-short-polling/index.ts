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
} satisfies Lesson
