import type { Lesson } from '../lesson.ts'
import { subscribe } from './client.ts'
import { serve } from './server.ts'

export default {
  title: 'Server-Sent Events',
  serve,
  subscribe,
  notes: {
    payload:
      'The format knows three line breaks and hands out one: CR and CRLF arrive as LF.',
    heartbeat:
      'The way is one way. The server cuts a client that takes no bytes for two heartbeats; one that vanished from the network while nothing fills its buffers is noticed by TCP only, after minutes. A browser hides comments from the page, so only the Node client notices a silent server.',
  },
} satisfies Lesson
