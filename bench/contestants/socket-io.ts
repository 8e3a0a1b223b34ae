// WebSocket by the package socket.io: events with names, its own protocol over
// the frames, and its own pings.

import type { Contestant } from '../contestant.ts'
import { subscribe } from './socket-io/client.ts'
import { lean } from './socket-io/lean.ts'
import { serve } from './socket-io/server.ts'

export default {
  title: 'Socket.IO',
  transport: 'WebSocket',
  implementation: 'socket.io 4.8.4',
  kind: 'library',
  serve,
  subscribe,
  lacks: {
    resume:
      'Its connection state recovery goes on for the same client object and for two minutes, not after a cursor that somebody brings, and it keeps every message of these minutes however many they are.',
  },
  lean,
} satisfies Contestant
