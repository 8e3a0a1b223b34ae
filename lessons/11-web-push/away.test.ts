import { expect, test } from 'vitest'

import { ConnectionError } from '../shared/connection-error.ts'
import { away } from './away.ts'
import { start } from './test-server.ts'

test('what was sent to a receiver that is away comes when it is back', async () => {
  await using rig = await start()
  const lines: string[] = []
  await away(rig.url, { ca: rig.ca }, (line) => lines.push(line))
  const name = '[\\w-]{6}…'
  const expected = [
    '-> POST /subscribe',
    `<- 201: collect at /subscription/${name}, others post to /push/${name}`,
    `-> POST /push/${name}: 127 bytes`,
    `<- 201: it waits as /message/${name}\\.1`,
    `-> GET /subscription/${name}`,
    `<- PUSH_PROMISE: "as if you had asked for GET /message/${name}\\.1"`,
    '<- 127 bytes, decrypted: "sent while you were away"',
    `-> DELETE /message/${name}\\.1`,
    `-> DELETE /subscription/${name}`,
    `-> POST /push/${name}: 127 bytes`,
    '<- 410: nobody wants its messages any more',
  ]
  expect(lines).toHaveLength(expected.length)
  for (const [n, line] of lines.entries())
    expect(line).toMatch(new RegExp(`^${expected[n]}$`))
})

test('without a server it says so', async () => {
  const rig = await start()
  await rig[Symbol.asyncDispose]()
  const going = away(rig.url, { ca: rig.ca }, () => {})
  await expect(going).rejects.toThrow(ConnectionError)
})

test('it ends when its signal aborts', async () => {
  await using rig = await start()
  const signal = AbortSignal.abort()
  const going = away(rig.url, { ca: rig.ca, signal }, () => {})
  await expect(going).rejects.toThrow()
})
