// Malformed requests: what good clients have said to a server is said again, with
// bytes that are wrong. The server may refuse or break off, and goes on: nothing
// of it may be left when whoever sent it has gone.

import { once } from 'node:events'
import { connect } from 'node:net'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

import type { Lesson } from '../lesson.ts'
import { sleep } from '../shared/sleep.ts'
import { mutate } from './mutate.ts'
import { randomNumbers } from './random.ts'
import { read } from './reader.ts'
import { connections, timers } from './release.ts'
import { type Rig, range, setUp } from './rig.ts'
import { until } from './until.ts'
import { recordWire, WireRecording } from './wire.ts'

export interface FuzzOptions {
  /** How many malformed requests. */
  requests: number
  /** The same seed sends the same bytes. */
  seed?: number
  signal: AbortSignal
}

export interface FuzzResult {
  readonly sent: number
  /** What the server let pass, in whole or in part: it has answered with bytes. */
  readonly answered: number
  /** Errors that nobody caught: in a process of its own, each is its end. */
  readonly uncaught: readonly Error[]
  /** By how much the heap has grown, once everybody has gone. */
  readonly heapKiB: number
}

/** Longer than a busy machine takes for an answer; who is silent for so long holds the request. */
const patienceMs = 1_000

/** After two of them a server lets go of whoever does not say that it has gone. */
const heartbeatMs = 300

/** So many at a time. */
const lanes = 20

/** @throws AssertionError when the server serves nobody afterwards, or keeps something of those who have gone */
export async function fuzz(
  lesson: Lesson,
  { requests, seed = 1, signal }: FuzzOptions,
): Promise<FuzzResult> {
  const random = randomNumbers(seed)
  const recording = new WireRecording()
  const uncaught: Error[] = []
  const note = (error: Error) => void uncaught.push(error)
  const plain = { ...lesson, secure: false }
  await using rig = await recordWire(recording, () =>
    setUp(plain, signal, { heartbeatMs }),
  )
  await talk(rig, signal)
  const said = saidBy(recording)
  await allHaveGone(rig, Infinity, signal)
  const timersBefore = timers()
  const heapBefore = heapKiB()

  process.on('uncaughtException', note)
  process.on('unhandledRejection', note)
  let sent = 0
  let answered = 0
  try {
    const lane = async () => {
      while (sent < requests && !signal.aborted) {
        const one = said[sent++ % said.length] ?? Buffer.alloc(0)
        if (await send(rig.url, mutate(one, random), signal)) answered++
      }
    }
    await Promise.all(range(1, lanes).map(lane))
    await talk(rig, signal)
    await allHaveGone(rig, timersBefore, signal)
  } finally {
    process.off('uncaughtException', note)
    process.off('unhandledRejection', note)
  }
  return { sent, answered, uncaught, heapKiB: heapKiB() - heapBefore }
}

/** What a good client does: it reads, comes back after a cut, and publishes. */
async function talk(rig: Rig, signal: AbortSignal): Promise<void> {
  const reader = read(rig, signal, { after: rig.feed.present })
  rig.feed.publish('one')
  await reader.receives(['one'])
  rig.link.cut()
  rig.feed.publish('two')
  await reader.receives(['one', 'two'])
  await reader.publish('three')
  await reader.receives(['one', 'two', 'three'])
  await reader.leave()
}

/** Of each connection, all that its client has said. */
function saidBy({ connections }: WireRecording): Buffer[] {
  return connections
    .map(({ head }) =>
      Buffer.concat(
        head.filter(({ act }) => act === 'client').map(({ bytes }) => bytes),
      ),
    )
    .filter(({ length }) => length > 0)
}

async function allHaveGone(
  { feed, server }: Rig,
  timersBefore: number,
  signal: AbortSignal,
): Promise<void> {
  let left = ''
  const isNothingLeft = async () => {
    const counts = [feed.followerCount, await connections(server), timers()]
    left = `${counts[0]} followers, ${counts[1]} connections, ${counts[2]} timers`
    return !counts[0] && !counts[1] && (counts[2] ?? 0) <= timersBefore
  }
  await until(
    isNothingLeft,
    signal,
    () => `all to be let go of: there are ${left}, with ${timersBefore} before`,
  )
}

/** Resolves with whether it was answered. */
async function send(
  { hostname, port }: URL,
  bytes: Buffer,
  signal: AbortSignal,
): Promise<boolean> {
  const socket = connect({ host: hostname, port: Number(port) })
  let answered = false
  socket.on('error', () => {}) // Broken off: an answer, too.
  socket.on('data', () => {
    answered = true
  })
  const closed = once(socket, 'close').catch(() => {})
  socket.end(bytes)
  const overMs = performance.now() + patienceMs
  while (!answered && !socket.closed && performance.now() < overMs)
    await Promise.race([closed, sleep(5, signal)])
  socket.destroy()
  await closed
  return answered
}

/** Once everything is collected that nobody holds. */
function heapKiB(): number {
  setFlagsFromString('--expose-gc')
  const collect: () => void = runInNewContext('gc')
  for (let n = 0; n < 3; n++) collect()
  return process.memoryUsage().heapUsed / 1_024
}
