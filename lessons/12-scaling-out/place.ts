// Where a message stands in Redis: in a stream, an entry's id is two numbers.
// The first is when its feed was opened, the second counts the feed's messages.
// A cursor is the same in another spelling: `mi8t0xk2-42` is 1764172800098-42.

import type { Cursor } from '../cursor.ts'

export interface Place {
  /** When the feed was opened: milliseconds since 1970, by the clock of Redis. */
  readonly openedMs: number
  /** 0 is the entry that opens it. */
  readonly position: number
}

/** Before all that any feed has. */
export const nowhere: Place = { openedMs: 0, position: 0 }

export function parsePlace(entryId: string): Place {
  const [openedMs, position] = entryId.split('-').map(Number)
  if (openedMs === undefined || position === undefined)
    throw new TypeError(`An entry's id is two numbers, got "${entryId}".`)
  return { openedMs, position }
}

// #region place
export function formatPlace({ openedMs, position }: Place): string {
  return `${openedMs}-${position}`
}

/** The feed's name. From 1972 to 2059 it has eight characters. */
export function nameOf({ openedMs }: Place): string {
  return openedMs.toString(36)
}

/** Undefined when no feed in Redis has such a name. */
export function placeOf({ feed, position }: Cursor): Place | undefined {
  if (feed.length !== 8) return undefined
  return { openedMs: Number.parseInt(feed, 36), position }
}
// #endregion place

export function isAfter(one: Place, other: Place): boolean {
  return one.openedMs === other.openedMs
    ? one.position > other.position
    : one.openedMs > other.openedMs
}
