// The process of the server under test, and of nothing else: its CPU time and
// its memory are the server's.

import { once } from 'node:events'
import type { AddressInfo, Server } from 'node:net'

import { Feed } from '../../lessons/feed.ts'
import type { Command, Reading } from './protocol.ts'

const [module = ''] = process.argv.slice(2)
const feed = new Feed()
const loaded = await import(new URL(module, import.meta.url).href)
const serve = loaded.serve as (feed: Feed) => Server
const server = serve(feed)
server.listen(0, '127.0.0.1')
await once(server, 'listening')

process.on('message', async (command: Command) => {
  // Collected only for a reading of memory: it would count as CPU time.
  if (command.do === 'read') global.gc?.()
  else await publish(command)
  process.send?.(reading())
})
process.on('disconnect', () => process.exit())
process.send?.(reading())

function reading(): Reading {
  const { user, system } = process.cpuUsage()
  return {
    port: (server.address() as AddressInfo).port,
    cpuUs: user + system,
    residentBytes: process.memoryUsage.rss(),
  }
}

/** The tilde stands once in each message: readers count it. */
async function publish({
  messages,
  everyMs,
  bytes,
}: Command & { do: 'publish' }) {
  const data = '~'.padEnd(bytes, 'x')
  for (let n = 0; n < messages; n++) {
    feed.publish(data)
    await new Promise((resolve) => setTimeout(resolve, everyMs))
  }
}
