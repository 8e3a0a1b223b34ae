// What a link is asked to be, and the text a command line says it in:
// `rtt=50,bw=1m,loss=1,by=nft`.

export interface LinkOptions {
  /** There and back: each way takes half of it. */
  readonly rttMs: number
  /** Of payload, each way; absent: no limit. */
  readonly kbitPerS?: number
  /** Of TCP segments, each way: 0 to 50. */
  readonly lossPercent: number
  /** Who loses them: the proxy plays it, nft really drops packets. */
  readonly by: 'proxy' | 'nft'
  /** The same seed loses the same segments. */
  readonly seed?: number
}

/** To be said wherever figures stand that were measured through it. */
export const whatAProxyHides =
  'A proxy terminates TCP: it cannot show loss recovery or congestion control, only delay, bandwidth and stalls.'

const form = 'rtt=50,bw=1m,loss=1,by=nft'

/** Reads a link's text: each part at most once, in any order. */
export function parseLink(text: string): LinkOptions {
  const parts = new Map<string, string>()
  for (const part of text.split(',')) {
    const [, name, value] = /^(rtt|bw|loss|by)=(.*)$/.exec(part) ?? []
    if (name === undefined || value === undefined || parts.has(name))
      throw expected(`a link like ${form}, each part at most once`, text)
    parts.set(name, value)
  }
  const bandwidth = parts.get('bw')
  const by = parts.get('by') ?? 'proxy'
  if (by !== 'proxy' && by !== 'nft') throw expected('by=proxy or by=nft', by)
  return {
    rttMs: within(parts.get('rtt') ?? '0', 10_000, 'rtt in ms'),
    ...(bandwidth !== undefined && { kbitPerS: readBandwidth(bandwidth) }),
    lossPercent: within(parts.get('loss') ?? '0', 50, 'loss in per cent'),
    by,
  }
}

function within(text: string, most: number, what: string): number {
  const value = Number(text)
  if (!/^\d+(\.\d+)?$/.test(text) || value > most)
    throw expected(`${what} from 0 to ${most}`, text)
  return value
}

function readBandwidth(text: string): number {
  const [, digits, unit] = /^(\d+(?:\.\d+)?)([km])$/.exec(text) ?? []
  const kbitPerS = Number(digits) * (unit === 'm' ? 1_000 : 1)
  // Also false for NaN. Below 1 kbit/s one segment takes 12 s.
  if (!(kbitPerS >= 1 && kbitPerS <= 10_000_000))
    throw expected('bw in bits a second like 500k, 1m or 10m', text)
  return kbitPerS
}

function expected(what: string, came: string): RangeError {
  return new RangeError(`expected ${what}, got ${JSON.stringify(came)}`)
}
