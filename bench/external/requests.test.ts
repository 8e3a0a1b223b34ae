import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'

import { expect, test } from 'vitest'

import { event } from '../../lessons/testing.ts'
import { makeRequests } from './requests.ts'

async function start(listener: RequestListener) {
  const server = createServer(listener)
  server.listen(0, '127.0.0.1')
  await event(server, 'listening')
  const { port } = server.address() as AddressInfo
  const close = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  const url = new URL(`http://127.0.0.1:${port}/messages?after=x-1`)
  return { url, server, [Symbol.asyncDispose]: close }
}

test('counts exactly what the server has answered', async () => {
  const enough = new AbortController()
  const asked = new Set<string>()
  let answered = 0
  let held = 0
  await using server = await start((request, response) => {
    asked.add(`${request.method} ${request.url} ${request.headers['x-test']}`)
    // The last request on each connection stays without an answer: when all of
    // them are here, all answers are there.
    if (answered === 1_000) {
      if (++held === 8) enough.abort()
      return
    }
    answered++
    response.statusCode = answered % 10 === 0 ? 404 : 200
    response.end('x'.repeat(answered))
  })
  const latencies: number[] = []
  const target = { ...server, connections: 8, headers: { 'x-test': 'yes' } }
  const counts = await makeRequests(target, enough.signal, (ns) =>
    latencies.push(ns),
  )
  expect(counts).toEqual({ requests: 1_000, errors: 0, refused: 100 })
  expect(latencies.length).toBe(1_000)
  expect(Math.min(...latencies)).toBeGreaterThan(0)
  expect([...asked]).toEqual(['GET /messages?after=x-1 yes'])
})

test('a connection that breaks is an error, and is opened again', async () => {
  const enough = new AbortController()
  let asked = 0
  await using server = await start((_, response) => {
    asked++
    if (asked === 1) response.destroy()
    else if (asked === 2) response.setHeader('connection', 'close').end()
    else if (asked === 3) response.end('fine')
    else enough.abort()
  })
  const target = { ...server, connections: 1, headers: {} }
  const counts = await makeRequests(target, enough.signal)
  expect(counts).toEqual({ requests: 2, errors: 2, refused: 0 })
})

test('chunks end it with a sentence, and close all connections', async () => {
  await using server = await start((_, response) => {
    response.write('no length')
  })
  const target = { ...server, connections: 3, headers: {} }
  const { signal } = new AbortController()
  await expect(makeRequests(target, signal)).rejects.toThrow(/in chunks/)
  const open = () =>
    new Promise((resolve) =>
      server.server.getConnections((_, count) => resolve(count)),
    )
  await expect.poll(open).toBe(0)
})
