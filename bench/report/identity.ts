// How each transport looks in every chart: a colour, a dash and a marker, so
// that no two depend on colour alone. Runs in Node and browsers.

import type { ContestantFacts } from '../result.ts'

export interface Identity {
  /** At least 3:1 (WCAG 2.2, 1.4.11) on the light and on the dark ground. */
  readonly colour: string
  /** As of `setLineDash`: empty is a full line. */
  readonly dash: readonly number[]
  readonly marker: Marker
  /** A marker without filling is a second implementation's. */
  readonly filled: boolean
}

/** Names of Chart.js, and its triangle turned by 180 degrees. */
export type Marker =
  | 'circle'
  | 'rect'
  | 'triangle'
  | 'triangleDown'
  | 'rectRot'
  | 'cross'
  | 'star'

/** What tells who carries a message, and by which transport. */
export interface Implementation {
  readonly id: string
  readonly transport: string
  /** Ways to deliver a page are in no chart with those that carry a feed. */
  readonly kind?: ContestantFacts['kind']
}

type Look = Omit<Identity, 'filled'>

/**
 * The colours lie as far apart as they can for people with and without
 * deuteranopia or protanopia, within the lightness that both grounds allow.
 */
const known: Readonly<Record<string, Look>> = {
  'raw TCP': { colour: '#7b828d', dash: [2, 3], marker: 'cross' },
  'Short polling': { colour: '#aa5511', dash: [8, 4], marker: 'triangleDown' },
  'Long polling': { colour: '#aa44aa', dash: [12, 3, 2, 3], marker: 'rectRot' },
  'HTTP streaming': { colour: '#559955', dash: [5, 3], marker: 'triangle' },
  'Server-Sent Events': { colour: '#dd6600', dash: [], marker: 'circle' },
  WebSocket: { colour: '#4466dd', dash: [], marker: 'rect' },
  'HTTP/2 server push': {
    colour: '#447755',
    dash: [3, 3, 9, 3],
    marker: 'star',
  },
  'Early Hints': { colour: '#449911', dash: [2, 2, 6, 2], marker: 'triangle' },
  'SSE over HTTP/2': { colour: '#dd55bb', dash: [10, 4], marker: 'circle' },
  'WebSocket over HTTP/2': { colour: '#7788dd', dash: [10, 4], marker: 'rect' },
  WebTransport: { colour: '#bb11cc', dash: [], marker: 'rectRot' },
  'Web Push': { colour: '#cc2255', dash: [4, 4], marker: 'star' },
}

const spare: readonly Look[] = [
  { colour: '#0099bb', dash: [6, 2, 2, 2], marker: 'triangle' },
  { colour: '#ee4488', dash: [4, 4], marker: 'circle' },
  { colour: '#6677ee', dash: [7, 3], marker: 'triangleDown' },
  { colour: '#995599', dash: [14, 4], marker: 'star' },
]

/**
 * The looks of transports. One without a look of its own takes a spare one by
 * its name, so that it keeps it from page to page while there are enough.
 */
export function identifyTransports(
  transports: readonly string[],
): Map<string, Identity> {
  const taken = new Set<Look>()
  const names = [...new Set(transports)].sort()
  return new Map(
    names.map((name) => {
      const look = known[name] ?? takeSpare(name, taken)
      return [name, { ...look, filled: true }]
    }),
  )
}

/**
 * The looks of implementations, by their ids: those of one transport share its
 * hue, and differ in filling and dash.
 */
export function identify(
  implementations: readonly Implementation[],
): Map<string, Identity> {
  const looks = identifyTransports(implementations.map((one) => one.transport))
  const seen = new Map<string, number>()
  const identities = new Map<string, Identity>()
  for (const { id, transport, kind } of implementations) {
    const look = looks.get(transport)
    if (look === undefined) continue
    const among = kind === 'way' ? `${kind} ${transport}` : transport
    const before = seen.get(among) ?? 0
    seen.set(among, before + 1)
    identities.set(id, vary(look, before))
  }
  return identities
}

function takeSpare(name: string, taken: Set<Look>): Look {
  const start = hash(name) % spare.length
  const inTurn = [...spare.slice(start), ...spare.slice(0, start)]
  // More newcomers than spares: the last look is shared, and names tell apart.
  const look = inTurn.find((one) => !taken.has(one)) ?? inTurn[0] ?? fallback
  taken.add(look)
  return look
}

function vary(look: Identity, before: number): Identity {
  if (before === 0) return look
  const dash = [1 + before, 2, ...(look.dash.length ? look.dash : [6, 3])]
  // Odd ones hollow, even ones filled again, each with a dash of its own.
  return { ...look, dash, filled: before % 2 === 0 }
}

const fallback: Look = { colour: '#7b828d', dash: [], marker: 'circle' }

function hash(text: string): number {
  let sum = 7
  for (const char of text) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) >>> 0
  return sum
}
