import type { Socket } from 'node:net'

import type { LessonServer } from '../lesson.ts'

/** The connections of `server` that are open now, from this call on. */
export function connectionsOf(
  server: Pick<LessonServer, 'on'>,
): ReadonlySet<Socket> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  return sockets
}
