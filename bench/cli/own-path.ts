// Paths as they read from here: nothing above this folder is anybody's business.

import { isAbsolute, relative } from 'node:path'

/** A path within the current folder without the way to it; everything else as it is. */
export function ownPath(path: string): string {
  if (!isAbsolute(path)) return path
  const inside = relative(process.cwd(), path)
  return inside.startsWith('..') ? path : inside
}
