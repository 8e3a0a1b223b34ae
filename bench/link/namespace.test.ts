import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readlinkSync } from 'node:fs'

import { test as base, expect } from 'vitest'

import { event, soon } from '../../lessons/testing.ts'
import { PrivateNetwork, whyNoPrivateNetwork } from './namespace.ts'

const why = await whyNoPrivateNetwork()

const test = base.extend('network', async ({ skip }, { onCleanup }) => {
  if (why !== undefined) return skip(why)
  const network = await PrivateNetwork.open()
  onCleanup(() => network.close())
  return network
})

/** A Node program inside, which speaks to us over IPC. */
function inside({ enter }: PrivateNetwork, program: string) {
  const node = [process.execPath, '--input-type=module', '--eval', program]
  return spawn(enter.command, [...enter.args, ...node], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
}

test('a program inside keeps its IPC, and sees loopback alone', async ({
  network,
}) => {
  const child = inside(
    network,
    `import { networkInterfaces } from 'node:os'
    process.once('message', (message) => {
      process.send({ message, names: Object.keys(networkInterfaces()) })
      process.disconnect()
    })`,
  )
  const exited = event(child, 'exit')
  const answered = event(child, 'message')
  child.send('are you there?')
  const [answer] = await answered
  expect(answer).toEqual({ message: 'are you there?', names: ['lo'] })
  expect(await exited).toEqual([0, null])
})

test('packets are lost, and TCP delivers all the same', async ({ network }) => {
  // The port is known only now, with the connection already there.
  const child = inside(
    network,
    `import { once } from 'node:events'
    import { connect, createServer } from 'node:net'
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address()
    const client = connect(port, '127.0.0.1')
    const [peer] = await once(server, 'connection')
    process.send(port)
    await once(process, 'message')
    const bytes = Buffer.alloc(1_000_000, 'the quick brown fox')
    client.end(bytes)
    const chunks = []
    for await (const chunk of peer) chunks.push(chunk)
    process.send(Buffer.concat(chunks).equals(bytes))
    server.close()
    process.disconnect()`,
  )
  const exited = event(child, 'exit')
  const [port] = await event(child, 'message')
  expect(await network.dropped()).toBe(0)
  await network.dropPackets(port as number, 1)
  const arrived = event(child, 'message')
  child.send('go')
  expect(await arrived).toEqual([true, undefined])
  // 700 segments and their ACKs: that none is lost has a chance of 1 in 1000.
  const dropped = await network.dropped()
  expect(dropped).toBeGreaterThan(0)
  // New rules do not start the count again.
  await network.dropPackets(port as number, 0)
  expect(await network.dropped()).toBeGreaterThanOrEqual(dropped)
  await exited
})

test('a network that is closed is gone', async ({ network }) => {
  const keeper = keeperOf(network.enter.args)
  expect(namespaceOf(keeper)).not.toBe(namespaceOf('self'))
  await network.close()
  expect(existsSync(`/proc/${keeper}`)).toBe(false)
})

test('a parent that is killed leaves nothing behind', async ({ skip }) => {
  if (why !== undefined) return skip(why)
  const module = new URL('namespace.ts', import.meta.url)
  const parent = spawn(
    process.execPath,
    [
      ...['--import', 'tsx', '--input-type=module', '--eval'],
      `const { PrivateNetwork } = await import('${module}')
      const { enter } = await PrivateNetwork.open()
      process.send(enter.args)`,
    ],
    { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] },
  )
  const exited = event(parent, 'exit')
  // Its start may take longer than an event: it compiles.
  const [args] = await once(parent, 'message')
  const keeper = keeperOf(args as string[])
  expect(namespaceOf(keeper)).not.toBe(namespaceOf('self'))
  parent.kill('SIGKILL')
  await exited
  // Nothing else ever was in it: with its only process, the network is gone.
  await soon(() => expect(existsSync(`/proc/${keeper}`)).toBe(false))
})

function keeperOf(args: readonly string[]): string {
  return args[args.indexOf('--target') + 1] ?? ''
}

function namespaceOf(pid: string): string {
  return readlinkSync(`/proc/${pid}/ns/net`)
}

base(
  'what is missing is said in one sentence, on a system without it',
  async ({ skip }) => {
    if (process.platform !== 'linux') return skip('only Linux has a PATH to it')
    const { PATH } = process.env
    try {
      process.env.PATH = '/nowhere'
      expect(await whyNoPrivateNetwork()).toBe(
        'A private network needs unshare: apt-get install util-linux.',
      )
    } finally {
      process.env.PATH = PATH
    }
  },
)
