// Somebody who stands in front of a lesson's server, and decides who gets in.

import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'

import type { LessonServer } from '../lesson.ts'
import { Refusal } from '../shared/refusal.ts'
import { refuseConnection } from '../shared/refuse-connection.ts'
import { internalError, refuse } from '../shared/router.ts'

/**
 * Looks at a request before the lesson does.
 *
 * @param answer what the client gets its answer on: a response, or the
 *   connection itself when the client asked for a WebSocket
 * @throws Refusal for a client that does not get in
 */
export type Check = (
  request: IncomingMessage,
  answer: ServerResponse | Duplex,
) => unknown

/**
 * Puts `check` before all that `server` answers.
 *
 * @param server one of `node:http`, as most lessons build
 */
export function inFront<Any extends LessonServer>(
  server: Any,
  check: Check,
): Any {
  const http = server as unknown as Server
  const answers = http.rawListeners('request')
  const upgrades = http.rawListeners('upgrade')
  http.removeAllListeners('request').removeAllListeners('upgrade')

  http.on('request', async (request, response) => {
    response.on('error', () => {}) // 'close' follows.
    try {
      await check(request, response)
      // Who has left meanwhile, or has an answer already, needs none.
      if (response.destroyed || response.writableEnded) return
      for (const answer of answers) answer.call(http, request, response)
    } catch (error) {
      refuse(response, error)
    }
  })
  if (upgrades.length === 0) return server
  http.on('upgrade', async (request, socket: Duplex, head) => {
    socket.on('error', () => {}) // 'close' follows.
    try {
      await check(request, socket)
      if (socket.destroyed) return
      for (const upgrade of upgrades) upgrade.call(http, request, socket, head)
    } catch (error) {
      refuseConnection(
        socket,
        error instanceof Refusal ? error : internalError(error),
      )
    }
  })
  return server
}
