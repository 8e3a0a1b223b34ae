// Says what was asked of the contestants.

import { whatAProxyHides } from '../link/link-options.ts'
import type { Load, PageFacts, Run } from '../result.ts'
import { formatNumber } from './format.ts'
import { list } from './words.ts'

/** What was asked of every contestant, where that is the same for all. */
export function describeLoad(runs: readonly Run[]): string {
  const loads = runs.map((run) => run.load)
  const same: Same = (read) => {
    const values = new Set(loads.map(read))
    const [value] = values
    return values.size === 1 && value ? [value] : []
  }
  const isPage = loads.some(({ page }) => page)
  const parts = [
    ...(isPage
      ? same(({ page }) => page && describeFiles(page))
      : messagesOf(same)),
    ...same(({ tls }) => (tls ? 'TLS' : 'no TLS')),
    ...(isPage ? [] : readersOf(same)),
    ...same(({ link }) =>
      link === undefined
        ? link
        : `over a link with ${link.rttMs} ms, ${link.lossPercent} % loss and ` +
          `${link.kbitPerS ? `${link.kbitPerS} kbit/s` : 'no limit'}, ` +
          `by ${link.by}. ${whatAProxyHides}`,
    ),
  ]
  return parts.join(' · ')
}

/** Tells of a load what all runs have in common; nothing, where they differ. */
type Same = (read: (load: Load) => string | undefined) => string[]

function messagesOf(same: Same): string[] {
  return [
    ...same(({ subscribers: n }) =>
      n === 1 ? '1 subscriber' : `${formatNumber(n, 12)} subscribers`,
    ),
    ...same(({ ratePerS: rate }) =>
      rate === undefined ? rate : `${formatNumber(rate, 12)} messages a second`,
    ),
    ...same(({ bytes }) => `${formatNumber(bytes, 12)} bytes each`),
  ]
}

function readersOf(same: Same): string[] {
  return [
    ...same(
      ({ pollEveryMs }) =>
        `polling clients ask every ${formatNumber(pollEveryMs, 12)} ms`,
    ),
    ...same(({ reader }) =>
      reader === 'own'
        ? 'read by each lesson’s client'
        : 'read by a lean client',
    ),
  ]
}

function describeFiles({ files }: PageFacts): string {
  const all = Object.entries(files).map(
    ([path, bytes]) => `${path} with ${formatNumber(bytes, 12)} bytes`,
  )
  return `one visitor of ${list(all)}`
}
