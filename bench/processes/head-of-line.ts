// The process of topics over a distance: server, link and client in one. What
// they do is next to nothing, and they share a clock.

import type { SeenLoss } from '../head-of-line/loss.ts'
import { LossyTopics } from '../head-of-line/lossy-topics.ts'
import { loadWay } from '../head-of-line/way.ts'
import type { LinkOptions } from '../link/link-options.ts'
import { Meter } from '../load/meter.ts'
import { cpuMs } from '../machine/process-cpu.ts'
import type { Usage } from '../result.ts'
import { answerCalls } from './calls.ts'

export interface HeadOfLineSettings {
  readonly way: string
  readonly link: LinkOptions
}

const { way, link }: HeadOfLineSettings = JSON.parse(process.argv[2] ?? '')
const meter = new Meter()
const topics = await LossyTopics.open(await loadWay(way), link)

const handlers = {
  startMeter: () => meter.start(),
  loseOne: (): Promise<SeenLoss> => topics.loseOne(),
  usage: (): Usage => meter.read(),
  cpuMs,
}

export type HeadOfLineCalls = typeof handlers

answerCalls(handlers)
