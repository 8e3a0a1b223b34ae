import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { expect, test } from 'vitest'
import { runChild } from './child.ts'

const node = process.execPath

test('a quiet program keeps what it prints for the caller', async () => {
  const script = 'console.log("kept"); process.exitCode = 3'
  expect(await runChild(node, ['-e', script], { quiet: true })).toEqual({
    code: 3,
    output: 'kept\n',
  })
})

test('a program that does not start is an error', async () => {
  await expect(runChild('no-such-program', [])).rejects.toThrow('ENOENT')
})

test('an aborted program ends with all that it started', async () => {
  // The grandchild holds a connection to this test, which breaks when it ends.
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const grandchild = `require('node:net').connect(${port}, '127.0.0.1')`
  const child = `require('node:child_process').spawn(process.execPath,
    ['-e', ${JSON.stringify(grandchild)}]).on('exit', () => process.exit())`
  const controller = new AbortController()
  const { signal } = controller
  try {
    const run = runChild(node, ['-e', child], { signal })
    const [socket] = await once(server, 'connection')
    socket.on('error', () => {}) // a reset says the same as an end
    const closed = once(socket.resume(), 'close')
    controller.abort(new Error('stop'))
    await expect(run).rejects.toThrow('stop')
    await closed
  } finally {
    server.close()
  }
})
