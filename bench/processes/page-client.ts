// The process of the one who visits a page: a client of our own, or a browser
// that it starts.

import { Meter } from '../load/meter.ts'
import { cpuMs } from '../machine/process-cpu.ts'
import type { Visit } from '../page-load/visit.ts'
import {
  openVisitor,
  type Visitor,
  type VisitorOptions,
} from '../page-load/visitor.ts'
import type { Usage } from '../result.ts'
import { answerCalls } from './calls.ts'

const meter = new Meter()
let opening: Promise<Visitor> | undefined
let isEnding = false

const handlers = {
  async open(options: VisitorOptions): Promise<void> {
    opening = openVisitor(options)
    await opening
  },
  async visit({ url }: { url: string }): Promise<Visit> {
    if (opening === undefined) throw new Error('There is nobody to visit it.')
    const visitor = await opening
    return visitor.visit(new URL(url))
  },
  startMeter: () => meter.start(),
  usage: (): Usage => meter.read(),
  cpuMs,
}

export type PageClientCalls = typeof handlers

/** A browser has to be closed, and its files removed. */
async function end(): Promise<void> {
  try {
    const visitor = await opening
    await visitor?.[Symbol.asyncDispose]()
  } finally {
    process.exit()
  }
}

// It comes twice where a run is ended and then cleaned up.
process.on('SIGTERM', () => {
  if (isEnding) return
  isEnding = true
  void end()
})
answerCalls(handlers)
