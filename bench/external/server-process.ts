// The process of the server that the tools ask: lesson 01, with a few messages.

import { performance } from 'node:perf_hooks'

import lesson from '../../lessons/01-short-polling/index.ts'
import { startServer } from '../../lessons/start.ts'
import { answerCalls } from '../processes/calls.ts'
import type { ServerReading, ServerSettings } from './polled-server.ts'

const settings: ServerSettings = JSON.parse(process.argv[2] ?? '')
const { url, feed } = await startServer(lesson)
for (let n = 0; n < settings.messages; n++)
  feed.publish('~'.padEnd(settings.bytes, 'x'))

answerCalls({
  read(): ServerReading {
    const { user, system } = process.cpuUsage()
    const { active, idle } = performance.eventLoopUtilization()
    const { start, present } = feed
    const [busyMs, idleMs] = [active, idle]
    const cpuMs = (user + system) / 1_000
    return { url: url.href, start, present, cpuMs, busyMs, idleMs }
  },
})
