// The wire of a check, shortened to what fits a screen: the last connections,
// the beginning of each and its end.
import type {
  RecordedConnection,
  WireRecording,
} from '../../lessons/requirements/wire.ts'
import { visible } from './visible.ts'
import { type WireLine, wireLines } from './wire-lines.ts'

export interface TranscriptLine extends WireLine {
  /** Counted from 1 in the order in which they were opened. */
  readonly connection: number
}

/** The story is in the last ones: what broke, and what came after. */
const shownConnections = 2

/** Of each end of a connection. */
const shownLines = 12

export function transcript(recording: WireRecording): TranscriptLine[] {
  return recording.connections
    .filter(({ head }) => head.some(({ bytes }) => bytes.length > 0))
    .slice(-shownConnections)
    .flatMap(shortened)
}

function shortened(connection: RecordedConnection): TranscriptLine[] {
  const lines = wireLines(connection)
  const left = lines.length - 2 * shownLines
  const shown: WireLine[] =
    left <= 1
      ? lines
      : [
          ...lines.slice(0, shownLines),
          { from: 'link', text: `${left} lines are left out` },
          ...lines.slice(-shownLines),
        ]
  return shown.map(({ from, text }) => {
    return { connection: connection.number, from, text: visible(text) }
  })
}
