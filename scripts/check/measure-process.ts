// The process of one contestant of the small measurement: a server and its
// subscribers, which deliver for as long as they are told to.
import type { Socket } from 'node:net'
import { loadExercised } from '../../lessons/exercises.ts'
import { startServer } from '../../lessons/start.ts'
import type { MeasureMessage, MeasureOrder } from './measure.ts'
import { withModules } from './with-modules.ts'

const subscriberCount = 20
const burst = 10
const text = 'x'.repeat(64)

const [folder = '', modules = '{}'] = process.argv.slice(2)
process.on('disconnect', () => process.exit())

const own = await loadExercised(folder)
const lesson = await withModules(own, JSON.parse(modules), (_, error) => {
  throw error
})
const { server, feed, url, ca } = await startServer(lesson)
const sockets: Socket[] = []
server.on('connection', (socket) => sockets.push(socket))
let delivered = 0
let opened = 0
let arrived = () => {}
for (let n = 0; n < subscriberCount; n++) void follow()
await until(() => opened === subscriberCount)
say({ is: 'ready' })

process.on('message', async ({ ms }: MeasureOrder) => {
  const startMs = performance.now()
  const before = { cpu: process.cpuUsage(), bytes: bytesSoFar(), delivered }
  let messages = 0
  while (performance.now() - startMs < ms) {
    const wanted = delivered + burst * subscriberCount
    for (let n = 0; n < burst; n++) feed.publish(text)
    messages += burst
    await until(() => delivered >= wanted)
  }
  const { user, system } = process.cpuUsage(before.cpu)
  say({
    is: 'round',
    usPerDelivery: (user + system) / (delivered - before.delivered),
    bytesPerMessage: (bytesSoFar() - before.bytes) / messages / subscriberCount,
  })
})

async function follow(): Promise<void> {
  const subscription = lesson.subscribe(url, {
    ca,
    intervalMs: 5,
    onState({ is }) {
      if (is !== 'open') return
      opened++
      arrived()
    },
  })
  for await (const _ of subscription) {
    delivered++
    arrived()
  }
}

async function until(fact: () => boolean): Promise<void> {
  while (!fact())
    await new Promise<void>((resolve) => {
      arrived = resolve
    })
}

/** Both ways, on all connections that there were. */
function bytesSoFar(): number {
  return sockets.reduce(
    (sum, { bytesRead, bytesWritten }) => sum + bytesRead + bytesWritten,
    0,
  )
}

function say(message: MeasureMessage): void {
  process.send?.(message)
}
