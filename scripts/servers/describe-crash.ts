// Why code that somebody just edited does not run, on one line.
import { fileURLToPath } from 'node:url'

/**
 * Such as `TypeError: x is not a function (lessons/feed.ts:12:3)`: what went
 * wrong, and the place in a lesson where it did, if there is one.
 *
 * @param root the repository's folder: places are told from there
 */
export function describeCrash(error: unknown, root: URL): string {
  if (!(error instanceof Error)) return `${error}`
  const fromRoot = (text: string) =>
    text.replaceAll(root.href, '').replaceAll(fileURLToPath(root), '')
  const message = fromRoot(error.message)
  // esbuild's own words: a headline, and `<place>: ERROR: <what>` for each one.
  const [, where, what] = /^(.+:\d+:\d+): ERROR: (.+)$/m.exec(message) ?? []
  if (where !== undefined) return `${where}: ${what}`
  const [first] = message.split('\n')
  const [place] =
    /lessons[\\/][^\s:()]+(:\d+)+/.exec(fromRoot(error.stack ?? '')) ?? []
  return `${error.name}: ${first}${place === undefined ? '' : ` (${place})`}`
}
