// The feed `system`: how busy this machine is. Real data that moves.
import { Feed } from '../../lessons/feed.ts'
import { every } from '../../lessons/shared/every.ts'
import { EventLoopDelay } from './event-loop-delay.ts'
import { onFirstSubscriber } from './first-subscriber.ts'
import { cpuMeter, memoryPercent } from './machine.ts'

/** Twice a second the load of this machine and of this process, as JSON. */
export function systemFeed(signal: AbortSignal): Feed {
  const cpuPercent = cpuMeter()
  const loopDelay = new EventLoopDelay(signal)
  const publish = () => {
    const load = {
      cpuPercent: tenths(cpuPercent()),
      memoryPercent: tenths(memoryPercent()),
      loopDelayMs: tenths(loopDelay.worstMs()),
    }
    feed.publish(JSON.stringify(load))
  }
  // Whoever has just started this wants to see something move.
  const feed = new Feed(onFirstSubscriber(publish))
  every(500, signal, publish)
  return feed
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10
}
