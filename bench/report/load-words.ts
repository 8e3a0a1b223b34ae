// Says what was asked of the contestants.

import { whatAProxyHides } from '../link/link-options.ts'
import type { Load, Run } from '../result.ts'
import { formatNumber } from './format.ts'

/** What was asked of every contestant, where that is the same for all. */
export function describeLoad(runs: readonly Run[]): string {
  const loads = runs.map((run) => run.load)
  const same = (read: (load: Load) => string | undefined) => {
    const values = new Set(loads.map(read))
    const [value] = values
    return values.size === 1 && value ? [value] : []
  }
  const parts = [
    ...same(({ subscribers: n }) =>
      n === 1 ? '1 subscriber' : `${formatNumber(n, 12)} subscribers`,
    ),
    ...same(({ ratePerS: rate }) =>
      rate === undefined ? rate : `${formatNumber(rate, 12)} messages a second`,
    ),
    ...same(({ bytes }) => `${formatNumber(bytes, 12)} bytes each`),
    ...same(({ tls }) => (tls ? 'TLS' : 'no TLS')),
    ...same(
      ({ pollEveryMs }) =>
        `polling clients ask every ${formatNumber(pollEveryMs, 12)} ms`,
    ),
    ...same(({ reader }) =>
      reader === 'own'
        ? 'read by each lesson’s client'
        : 'read by a lean client',
    ),
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
