// A lane as its page sees it. Ending the worker ends its connection.

import type { FromLane, ToLane } from './messages.ts'

export interface Lane {
  /** Stops reading: what comes waits where the transport keeps it. */
  pause(): void
  resume(): void
  publish(data: string): void
  close(): void
}

export interface LaneOptions {
  /** The lesson whose `browser.ts` it runs. */
  readonly folder: string
  readonly url: string
  /** The cursor after the last message already received. */
  readonly after?: string
  /** Takes all that the lane has to say, until it is closed. */
  readonly on: (event: FromLane) => void
}

export function openLane({ folder, url, after, on }: LaneOptions): Lane {
  const worker = new Worker(new URL('./lane.worker.ts', import.meta.url), {
    type: 'module',
  })
  const tell = (order: ToLane) => worker.postMessage(order)
  worker.onmessage = ({ data }: MessageEvent<FromLane>) => on(data)
  worker.onerror = () =>
    on({ say: 'ended', why: 'the browser could not start its worker' })
  tell({ do: 'subscribe', folder, url, after })
  return {
    pause: () => tell({ do: 'pause' }),
    resume: () => tell({ do: 'resume' }),
    publish: (data) => tell({ do: 'publish', data }),
    close() {
      // A message on its way is of no interest any more.
      worker.onmessage = null
      worker.terminate()
    },
  }
}
