// What the loss of one packet does to the messages around it.

/** A message as its sender and its reader saw it. */
export interface SeenMessage {
  readonly topic: number
  readonly sentMs: number
  /** By the same clock. */
  arrivedMs?: number
  /** Its place among all that have arrived, from 0. */
  place?: number
}

export interface SeenLoss {
  /** How long the message took whose packet was lost. */
  readonly ownMs: number
  /** How long the slowest of the other topics took. */
  readonly othersMs: number
  /** How many of the other topics' came no sooner, though sent in time. */
  readonly heldUp: number
}

/**
 * @param messages in the order of sending; the packet of the first was lost
 * @param rttMs a repair takes longer than what is sent within it
 * @throws Error when the first was not lost
 */
export function lossOf(
  messages: readonly SeenMessage[],
  rttMs: number,
): SeenLoss {
  const [lost, ...behind] = messages
  if (lost === undefined) throw new Error('There are no messages.')
  const ownMs = delayOf(lost)
  if (ownMs < rttMs)
    throw new Error(
      `The packet that was lost must be the first one's, which came after ${ownMs.toFixed(1)} ms.`,
    )
  const others = behind.filter(({ topic }) => topic !== lost.topic)
  const inTime = others.filter(({ sentMs }) => sentMs < lost.sentMs + rttMs)
  return {
    ownMs,
    othersMs: Math.max(...others.map(delayOf)),
    heldUp: inTime.filter(({ place = 0 }) => place > (lost.place ?? 0)).length,
  }
}

function delayOf({ sentMs, arrivedMs = Number.NaN }: SeenMessage): number {
  return arrivedMs - sentMs
}
