// Paths as they read from here: nothing above this folder is anybody's business.

import { basename, isAbsolute, relative } from 'node:path'

/** A path within the current folder without the way to it; any other as it is. */
export function ownPath(path: string): string {
  if (!isAbsolute(path)) return path
  const inside = relative(process.cwd(), path)
  return inside.startsWith('..') ? path : inside
}

/** What was called, as others may read it: a file elsewhere loses its folder. */
export function commandLine(args: readonly string[]): string {
  const told = args.map((arg) =>
    isAbsolute(ownPath(arg)) ? basename(arg) : ownPath(arg),
  )
  return ['npm run bench', ...(told.length > 0 ? ['--', ...told] : [])].join(
    ' ',
  )
}
