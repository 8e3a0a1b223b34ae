import { expect, test } from 'vitest'

import { ConnectionError } from '../shared/connection-error.ts'
import { start } from './test-session.ts'
import { visit } from './visit.ts'

test('a visit tells that the promise came first, and how much was pushed', async () => {
  await using rig = await start()
  const lines: string[] = []
  await visit(rig.url, { ca: rig.ca }, (line) => lines.push(line))
  expect(lines.slice(0, 2)).toEqual([
    '-> GET /',
    '<- PUSH_PROMISE: "as if you had asked for GET /style.css"',
  ])
  expect(lines.slice(2).sort()).toEqual([
    expect.stringMatching(/^<- \/ answered 200: \d+ bytes$/),
    expect.stringMatching(/^<- \/style\.css, pushed: \d+ bytes$/),
  ])
})

test('a visit that finds no server says so', async () => {
  const rig = await start()
  await rig.close()
  rig.session.destroy()
  const visiting = visit(rig.url, { ca: rig.ca }, () => {})
  await expect(visiting).rejects.toThrow(ConnectionError)
})

test('a visit ends when its signal aborts', async () => {
  await using rig = await start()
  const signal = AbortSignal.abort()
  const visiting = visit(rig.url, { ca: rig.ca, signal }, () => {})
  await expect(visiting).rejects.toThrow()
})
