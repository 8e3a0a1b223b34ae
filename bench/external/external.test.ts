import { createServer } from 'node:http2'
import type { AddressInfo } from 'node:net'

import { expect, test } from 'vitest'

import { event } from '../../lessons/testing.ts'
import { onWindows } from '../../scripts/cli/running-command.ts'
import { decodeHistogram } from '../load/histogram.ts'
import { type ExternalEvent, runExternal } from './external.ts'
import { findTools } from './find-tools.ts'
import { failureOf } from './outcome.ts'
import { processes } from './processes.ts'
import { runOnce } from './run-once.ts'

const { signal } = new AbortController()

test('a tool that is not on this machine is skipped with a sentence', async () => {
  const { tools, skipped } = await findTools(signal, '/nowhere')
  expect(tools.map(({ id }) => id)).toEqual(['ours', 'autocannon'])
  expect(tools[1]?.version).toMatch(/^\d+\.\d+\.\d+$/)
  expect(skipped.map(({ tool }) => tool)).toEqual(['wrk', 'h2load'])
  for (const { reason } of skipped)
    expect(reason).toMatch(/^\w+ is not on this machine\. Install it .*\.$/)
})

test('no tool is turned on another machine', async () => {
  const { tools } = await findTools(signal)
  const url = new URL('http://192.0.2.1/')
  const target = { url, headers: {}, connections: 1 }
  for (const tool of tools)
    expect(() => tool.start(target, signal)).toThrow(/this machine only/)
})

test('autocannon on a server that speaks only HTTP/2 has failed', async () => {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await event(server, 'listening')
  const { port } = server.address() as AddressInfo
  const url = new URL(`http://127.0.0.1:${port}/messages`)
  const { tools } = await findTools(signal, '')
  const tool = tools.find(({ id }) => id === 'autocannon')
  await using running = tool?.start(
    { url, headers: {}, connections: 2 },
    signal,
  )
  const outcome = await running?.run(1)
  expect(outcome).toMatchObject({ requests: 0 })
  expect(outcome && failureOf(outcome)).toMatch(/^It made no request/)
  await running?.[Symbol.asyncDispose]()
  await new Promise((resolve) => server.close(resolve))
})

test('every tool on this machine has figures, on both endpoints', async () => {
  const { tools } = await findTools(signal)
  for (const tool of tools) {
    const endpoint = tool.id === 'wrk' ? 'empty poll' : 'poll of 5 messages'
    const asked = {
      endpoint,
      tool,
      seconds: 1,
      connections: 4,
      signal,
    } as const
    const run = await runOnce(asked)
    if (!('figures' in run)) throw new Error(`${tool.id}: ${run.failure}`)
    const { figures } = run
    expect(figures.requests).toBeGreaterThan(0)
    expect(figures.requestsPerS).toBeGreaterThan(0)
    expect(figures.toolCpu).toBeGreaterThan(0)
    expect(figures.serverCpu).toBeGreaterThan(0)
    if (figures.latency === undefined) continue
    const histogram = decodeHistogram(figures.latency)
    expect(histogram.totalCount).toBe(figures.requests)
    histogram.destroy()
  }
}, 60_000)

test('an abort ends it, and leaves no process behind', async ({ skip }) => {
  skip(...onWindows('no program lists processes'))
  const aborting = new AbortController()
  const events: ExternalEvent[] = []
  const options = { rounds: 9, seconds: 60, connections: 2, seed: 1 }
  const running = runExternal({
    ...options,
    signal: aborting.signal,
    tell: (event) => events.push(event),
  })
  const children = () => processes('bench/external/', process.pid)
  await expect.poll(children, { timeout: 10_000 }).toHaveLength(1)
  aborting.abort()
  expect(await running).toMatchObject({ complete: false, runs: [], rows: [] })
  await expect.poll(children, { timeout: 5_000 }).toEqual([])
  expect(events.filter(({ is }) => is === 'run')).toEqual([])
})
