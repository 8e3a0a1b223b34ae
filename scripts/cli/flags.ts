// The flags that commands share, and what their values must look like.
import { InvalidArgumentError, Option } from 'commander'

import { type FeedName, feedNames, isFeedName } from './feeds.ts'

/** Timers of Node take no more than some 24 days. */
const longestMs = 86_400_000

/** `--host`: where servers listen. */
export function hostFlag(): Option {
  return new Option('--host <address>', 'where the server listens').default(
    '127.0.0.1',
  )
}

/** `--feed`: what servers carry. */
export function feedFlag(): Option {
  return new Option('--feed <name>', `what the server carries: ${feedNames}`)
    .argParser(feedName)
    .default('system' satisfies FeedName)
}

function feedName(text: string): FeedName {
  if (isFeedName(text)) return text
  throw new InvalidArgumentError(`A feed is ${feedNames}.`)
}

/** A port to listen on; 0 takes a free one. */
export function port(text: string): number {
  return wholeNumber(text, 0, 65_535, 'A port is')
}

/** The port before that of lesson 1, with room for 99 lessons, twice; 0 takes free ones. */
export function portsFrom(text: string): number {
  return wholeNumber(text, 0, 65_336, 'The port before the first is')
}

/** A time in milliseconds, from 1 ms to a day. */
export function milliseconds(text: string): number {
  return wholeNumber(text, 1, longestMs, 'Milliseconds are')
}

/** A number of messages, from 1. */
export function count(text: string): number {
  return wholeNumber(text, 1, Number.MAX_SAFE_INTEGER, 'A count is')
}

/** The address of a lesson's server. */
export function httpUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url
  throw new InvalidArgumentError(
    'A URL looks like http://127.0.0.1:8004/ or begins with https://.',
  )
}

/** The address of a Redis. */
export function redisUrl(text: string): URL {
  if (isFeedName(text) && URL.canParse(text)) return new URL(text)
  throw new InvalidArgumentError(
    'The address of a Redis looks like redis://127.0.0.1:6379.',
  )
}

/** One more origin whose pages may use the servers. */
export function origins(
  text: string,
  others: readonly string[] = [],
): readonly string[] {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isWeb = url?.protocol === 'http:' || url?.protocol === 'https:'
  if (url && isWeb && url.href === `${url.origin}/`)
    return [...others, url.origin]
  throw new InvalidArgumentError(
    'An origin is http:// or https:// with a host and nothing behind it, such as https://example.org.',
  )
}

function wholeNumber(
  text: string,
  least: number,
  most: number,
  what: string,
): number {
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (number >= least && number <= most) return number
  throw new InvalidArgumentError(
    `${what} a whole number from ${least} to ${most}.`,
  )
}
