import { expect, test } from 'vitest'

import { ConnectionError } from '../shared/connection-error.ts'
import { start } from './test-session.ts'
import { visit } from './visit.ts'

test('a visit asks for what the 103 names, and tells what comes', async () => {
  await using rig = await start()
  const lines: string[] = []
  await visit(rig.url, { ca: rig.ca }, (line) => lines.push(line))
  expect(lines.slice(0, 3)).toEqual([
    '-> GET /',
    '<- 103, link: </style.css>; rel=preload; as=style',
    '-> GET /style.css',
  ])
  // The server thinks for as long as it does: these come as they come.
  expect(lines.slice(3).sort()).toEqual([
    expect.stringMatching(/^<- \/ answered 200$/),
    expect.stringMatching(/^<- \/: all \d+ bytes$/),
    expect.stringMatching(/^<- \/style\.css answered 200$/),
    expect.stringMatching(/^<- \/style\.css: all \d+ bytes$/),
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
