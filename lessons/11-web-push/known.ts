import { parseCursor } from '../cursor.ts'

/**
 * Whether a message was here before. A push service delivers at least once; ids
 * of a feed are consecutive, so what is not after the last one is known.
 */
export function isKnown(id: string, last: string | undefined): boolean {
  const one = parseCursor(id)
  const other = parseCursor(last ?? '')
  return (
    one !== undefined &&
    one.feed === other?.feed &&
    one.position <= other.position
  )
}
