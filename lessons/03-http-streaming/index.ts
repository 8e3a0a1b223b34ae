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
} satisfies Lesson
