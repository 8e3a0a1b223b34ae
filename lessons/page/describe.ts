// What the page says about its connection.

import type { ConnectionState } from '../lesson.ts'

export function describeState(state: ConnectionState): string {
  switch (state.is) {
    case 'connecting':
      return 'Connecting'
    case 'open':
      return 'Open'
    case 'waiting': {
      const seconds = (state.delayMs / 1_000).toFixed(1)
      return `Waiting ${seconds} s, because: ${state.why}`
    }
  }
}

export function describeLeft(after: string | undefined): string {
  return after === undefined
    ? 'Disconnected before the first message: reconnecting starts at the present.'
    : `Disconnected after ${after}. Publish on another page, then reconnect.`
}
