// The command `npm start`: the site and every lesson's server, each in a process
// of its own, until Ctrl-C.
import { keepLessons } from '../servers/keep-lessons.ts'
import { keepSite } from '../servers/keep-site.ts'
import type { ServersReady } from '../servers/messages.ts'
import { together, type Work } from '../servers/together.ts'
import { colors } from './colors.ts'
import { feedSource } from './feeds.ts'
import { printable } from './printable.ts'
import { readStartArguments } from './start-arguments.ts'
import {
  printControl,
  printHints,
  printLessons,
  printSite,
} from './start-output.ts'

/**
 * Runs all until `signal` aborts.
 *
 * @throws CommandError when something cannot listen, or ends by itself
 */
export async function startCommand(
  args: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const flags = readStartArguments(args)
  if (flags === undefined) return
  const { feed, host, portsFrom, sitePort, allowOrigin = [] } = flags

  // The site is told first, although it takes longer to be there.
  let siteIsThere = () => {}
  const site = new Promise<void>((resolve) => {
    siteIsThere = resolve
  })
  let controlIsThere = (_url: string) => {}
  const control = new Promise<string>((resolve) => {
    controlIsThere = resolve
  })

  let shown = ''
  async function showLessons({ control, manifest }: ServersReady) {
    controlIsThere(control)
    if (flags?.site) await site
    const addresses = JSON.stringify(manifest.lessons)
    // After an edit they are where they were, but for a lesson that is new.
    if (addresses === shown) return
    printLessons(manifest.lessons, feedSource(feed).about)
    if (allowOrigin.length > 0) printControl(control, allowOrigin)
    if (shown === '') printHints()
    shown = addresses
  }

  const lessons: Work = (over) =>
    keepLessons(
      { feed, host, portsFrom, origins: allowOrigin },
      { ready: showLessons, log: print },
      over,
    )
  const siteBeside: Work = (over) =>
    keepSite(
      {
        port: sitePort,
        control,
        ready(url) {
          printSite(url)
          siteIsThere()
        },
      },
      over,
    )
  await together(signal, lessons, ...(flags.site ? [siteBeside] : []))
}

function print(who: string, line: string): void {
  process.stdout.write(`${colors.dim(who)}  ${printable(line)}\n`)
}
