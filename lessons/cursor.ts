// A cursor names a feed and a position in it: `k3f9x2-42` is "after message 42
// of feed k3f9x2". The id of a message is the cursor just after it.

const pattern = /^([a-z0-9]{4,16})-(0|[1-9]\d{0,14})$/

export interface Cursor {
  /** The feed that gave the cursor. A restarted server has another one. */
  readonly feed: string
  /** How many messages of that feed lie before it. */
  readonly position: number
}

/** Reads a cursor; undefined when `text` is not one. */
export function parseCursor(text: string): Cursor | undefined {
  const [, feed, position] = pattern.exec(text) ?? []
  if (feed === undefined) return undefined
  return { feed, position: Number(position) }
}

export function formatCursor(feed: string, position: number): string {
  return `${feed}-${position}`
}
