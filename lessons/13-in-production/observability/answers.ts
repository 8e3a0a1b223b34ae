// With what status a server answers, seen from outside.

import type { Server } from 'node:http'
import type { Duplex } from 'node:stream'

import type { LessonServer } from '../../lesson.ts'

/** @param server one of `node:http`, or of HTTP/2 with the same events */
export function onAnswer(
  server: LessonServer,
  look: (status: number) => void,
): void {
  const http = server as unknown as Server
  http.on('request', (_, response) => {
    response.once('finish', () => look(response.statusCode))
  })
  // Before the lesson: it may refuse at once.
  http.prependListener('upgrade', (_, socket) => onRefused(socket, look))
}

/** A handshake has no response object: what refuses it is written by hand, as the last of the connection. */
function onRefused(socket: Duplex, look: (status: number) => void): void {
  const end = socket.end as (...args: unknown[]) => Duplex
  socket.end = (...args: unknown[]) => {
    const [, status] = /^HTTP\/1\.1 (\d{3}) /.exec(`${args[0]}`) ?? []
    if (status !== undefined) look(Number(status))
    return end.apply(socket, args)
  }
}
