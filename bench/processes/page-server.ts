// The process of the server that delivers a page.

import { localCertificate } from '../../lessons/certificate.ts'
import { Meter } from '../load/meter.ts'
import { cpuMs } from '../machine/process-cpu.ts'
import { type Event, PageServer } from '../page-load/server.ts'
import { loadWay } from '../page-load/way.ts'
import type { Usage } from '../result.ts'
import { answerCalls } from './calls.ts'

export interface PageServerSettings {
  readonly way: string
}

const { way }: PageServerSettings = JSON.parse(process.argv[2] ?? '')
const meter = new Meter()
const certificate = await localCertificate()
const server = await PageServer.start(await loadWay(way), certificate)

const handlers = {
  where: () => ({ url: server.url.href, ca: certificate.cert }),
  expectVisit: (visit: { thinkMs: number }) => server.expectVisit(visit),
  /** What it saw and did since then. */
  events: (): readonly Event[] => server.events,
  startMeter: () => meter.start(),
  usage: (): Usage => meter.read(),
  cpuMs,
}

export type PageServerCalls = typeof handlers

answerCalls(handlers)
