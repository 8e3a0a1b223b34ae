// What a link tells a recording of the check that opened it.

import { expect, test } from 'vitest'

import sse from '../04-server-sent-events/index.ts'
import { read } from './reader.ts'
import { setUp } from './rig.ts'
import { recordWire, WireRecording } from './wire.ts'

/** One message, a cut, and a second connection. */
async function breakOnce(): Promise<void> {
  const signal = AbortSignal.timeout(10_000)
  await using rig = await setUp(sse, signal)
  const reader = read(rig, signal)
  await reader.isOpen()
  rig.feed.publish('before')
  await reader.receives(['before'])
  rig.link.cut()
  rig.feed.publish('after')
  await reader.receives(['before', 'after'])
  await reader.leave()
}

test('both directions are recorded, and what happened to the connection', async () => {
  const recording = new WireRecording()
  await recordWire(recording, breakOnce)
  expect(recording.connections.map(({ number }) => number)).toEqual([1, 2])

  const [first, second] = recording.connections.map(({ head }) => ({
    sent: (act: string) =>
      head
        .filter((event) => event.act === act)
        .map(({ bytes }) => bytes.toString())
        .join(''),
    acts: head.map(({ act }) => act),
    times: head.map(({ atMs }) => atMs),
  }))
  expect(first?.sent('client')).toMatch(/^GET \/messages HTTP\/1\.1\r\n/)
  expect(first?.sent('server')).toMatch(/data: before\n\n/)
  expect(first?.acts[0]).toBe('client')
  expect(first?.acts).toContain('cut')
  expect(second?.sent('client')).toMatch(/last-event-id: \w+-1\r\n/)
  expect(second?.sent('server')).toMatch(/data: after\n\n/)
  expect(second?.acts).not.toContain('cut')
  const times = [first, second].flatMap((one) => one?.times ?? [])
  expect(times).toEqual(times.toSorted((a, b) => a - b))
})

test('nothing is recorded of a check that nobody records', async () => {
  const recording = new WireRecording()
  await Promise.all([recordWire(recording, async () => {}), breakOnce()])
  expect(recording.connections).toEqual([])
})
