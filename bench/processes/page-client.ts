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
let visitor: Visitor | undefined

const handlers = {
  async open(options: VisitorOptions): Promise<void> {
    visitor = await openVisitor(options)
  },
  visit({ url }: { url: string }): Promise<Visit> {
    if (visitor === undefined) throw new Error('There is nobody to visit it.')
    return visitor.visit(new URL(url))
  },
  startMeter: () => meter.start(),
  usage: (): Usage => meter.read(),
  cpuMs,
}

export type PageClientCalls = typeof handlers

// A browser is ended, and its folder removed, when this process exits.
process.once('SIGTERM', () => process.exit())
answerCalls(handlers)
