// Who takes part in a page load: every way, each with a client of our own and
// with a browser.

import { findChromium, howToInstall } from '../../scripts/chromium.ts'
import type { Entrant } from '../contestant.ts'
import type { Client } from './visitor.ts'
import { loadWays, type NamedWay } from './way.ts'

export interface PageContestant extends Entrant {
  readonly way: NamedWay
  readonly client: Client
}

export async function pageContestants(): Promise<PageContestant[]> {
  const ways = await loadWays()
  return (['node', 'chromium'] as const).flatMap((client) =>
    ways.map((way) => contestant(way, client)),
  )
}

function contestant(way: NamedWay, client: Client): PageContestant {
  const { id, title, lesson } = way
  const isBrowser = client === 'chromium'
  return {
    id: isBrowser ? `${id}-chromium` : id,
    title: isBrowser ? `${title}, Chromium` : title,
    transport: title,
    implementation: isBrowser ? 'Chromium' : 'node:http2 and node:https',
    kind: 'way',
    ...(lesson !== undefined && { lesson }),
    way,
    client,
  }
}

/** Why it cannot be measured here, as a sentence; undefined: it can. */
export function whyNot({ way, client }: PageContestant): string | undefined {
  if (client !== 'chromium') return undefined
  if (way.notInBrowsers !== undefined) return way.notInBrowsers
  return findChromium() === undefined ? howToInstall() : undefined
}
