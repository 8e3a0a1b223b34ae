// What went wrong with a cursor, told from the wire: every transport sends its
// cursors as text, and the ids of a feed are consecutive.
import { parseCursor } from '../../lessons/cursor.ts'
import type { Feed } from '../../lessons/feed.ts'
import type { WireRecording } from '../../lessons/requirements/wire.ts'
import { visible } from './visible.ts'
import { brokeOff, type WireLine, wireLines } from './wire-lines.ts'

/**
 * A request and its answer: all that one side sends before the other one does,
 * and over HTTP/2 all of a stream.
 */
interface Turn {
  /** The cursor that the request carried. */
  readonly asked?: number
  /** How it carried that, such as `last-event-id: k3f9x2-20`. */
  readonly carried: string
  /** The positions that the answer names, in their order. */
  readonly positions: readonly number[]
}

/**
 * Such as `After the cut at message 20 your server started again at 24: 21–23
 * were lost. The request carried last-event-id: k3f9x2-20.` Undefined when the
 * wire tells of nothing like that.
 *
 * @param feeds whose cursors to look for
 * @param waited whether the check waited for something in vain
 */
export function storyOf(
  recording: WireRecording,
  feeds: readonly Feed[],
  waited: boolean,
): string | undefined {
  let unanswered: string | undefined
  let cut = false
  let silentCut = false
  let withoutCursor: string | undefined
  for (const connection of recording.connections) {
    const lines = wireLines(connection)
    let told = false
    for (const feed of feeds) {
      const oldest = parseCursor(feed.start)?.position ?? 0
      for (const turn of turnsOf(lines, feed.name)) {
        const jump = jumpOf(turn, oldest)
        // What is left out of the recording was not lost.
        const isSeen = !jump?.later || connection.skippedBytes === 0
        if (jump !== undefined && isSeen) return tellJump(jump, turn, cut)
        unanswered = tellUnanswered(turn, feed)
        told ||= turn.positions.length > 0
        if (silentCut && turn.asked === undefined) withoutCursor ??= noId
      }
    }
    const broke = lines.some(
      ({ from, text }) => from === 'link' && text === brokeOff,
    )
    const answered = lines.some(({ from }) => from === 'server')
    silentCut = broke && answered && !told
    cut ||= broke
  }
  return withoutCursor ?? (waited ? unanswered : undefined)
}

const noId =
  'The connection broke before your server had sent any id, so the next request carried no cursor, and your server could not know where to go on.'

function turnsOf(lines: readonly WireLine[], feed: string): Turn[] {
  const cursors = new RegExp(`(?<![\\w-])${feed}-(\\d+)(?!\\d)`, 'g')
  const positionsIn = (text: string) =>
    [...text.matchAll(cursors)].map(([, position]) => Number(position))

  type Open = { asked?: number; carried: string; answer: string[] }
  const turns: Open[] = []
  const byStream = new Map<number, Open>()
  const begin = (): Open => {
    const turn = { carried: '', answer: [] }
    turns.push(turn)
    return turn
  }
  let before: WireLine['from'] | undefined
  for (const { from, text, stream } of lines) {
    // What belongs to a connection of HTTP/2 belongs to none of its requests.
    if (from === 'link' || stream === 0) continue
    const isNext =
      stream === undefined
        ? from === 'client' && before !== 'client'
        : !byStream.has(stream)
    const next = isNext ? begin() : undefined
    if (next && stream !== undefined) byStream.set(stream, next)
    before = from
    const turn = stream === undefined ? turns.at(-1) : byStream.get(stream)
    if (turn === undefined) continue
    if (from === 'server') turn.answer.push(text)
    else {
      const [asked] = positionsIn(text)
      if (asked === undefined) continue
      turn.asked = asked
      turn.carried = /[?&](after=[\w-]+)/.exec(text)?.[1] ?? text
    }
  }
  return turns.map(({ answer, ...turn }) => {
    // A refusal names cursors, and is no start.
    const isRefusal = /^(HTTP\/1\.1|\[HEADERS .*\]) [45]/.test(answer[0] ?? '')
    const positions = isRefusal ? [] : answer.flatMap(positionsIn)
    return { ...turn, positions: positions.sort((a, b) => a - b) }
  })
}

interface Jump {
  readonly from: number
  readonly to: number
  /** In the middle of an answer. */
  readonly later: boolean
}

/** Where messages are passed over that the feed still has. */
function jumpOf({ asked, positions }: Turn, oldest: number): Jump | undefined {
  let last = asked
  for (const position of positions) {
    const reached = last === undefined ? position : Math.max(last, oldest)
    if (position > reached + 1)
      return { from: reached, to: position, later: last !== asked }
    last = Math.max(position, last ?? 0)
  }
  return undefined
}

function tellUnanswered(
  { asked, carried, positions }: Turn,
  { present }: Feed,
): string | undefined {
  const waiting = (parseCursor(present)?.position ?? 0) - (asked ?? Infinity)
  if (positions.length > 0 || waiting <= 0) return undefined
  const none =
    waiting === 1 ? 'not the message' : `none of the ${waiting} messages`
  return `The request carried ${visible(carried)}, and your server sent ${none} after that.`
}

function tellJump(
  { from, to, later }: Jump,
  { carried }: Turn,
  cut: boolean,
): string {
  const lost =
    to - from === 2
      ? `message ${from + 1} was lost`
      : `${from + 1}–${to - 1} were lost`
  if (later) return `Your server went from message ${from} to ${to}: ${lost}.`
  const started =
    cut && from > 0
      ? `After the cut at message ${from} your server started again at ${to}`
      : `Your server started at message ${to}`
  return `${started}: ${lost}. The request carried ${visible(carried)}.`
}
