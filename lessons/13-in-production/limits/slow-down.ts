// A limit for a connection that stays: it is not told, it waits.

import type { Socket } from 'node:net'

import { Allowance } from './allowance.ts'

/**
 * Lets `socket` receive `bytesPerS`, and twice as many after a pause. While it
 * does not read, its system's buffers fill, and the sender's `send` finds no
 * room: backpressure, the other way round.
 */
export function slowDown(socket: Socket, bytesPerS: number): void {
  const allowance = new Allowance(bytesPerS, 2 * bytesPerS)
  let timer: NodeJS.Timeout | undefined
  socket.on('data', (chunk: Buffer) => {
    const waitMs = allowance.spend(performance.now(), chunk.length)
    if (waitMs === 0) return
    socket.pause()
    clearTimeout(timer)
    timer = setTimeout(() => socket.resume(), waitMs)
  })
  socket.once('close', () => clearTimeout(timer))
}
