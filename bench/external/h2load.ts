// How h2load is asked, for HTTP/1.1 here, and what it prints.

import type { Outcome, Target } from './outcome.ts'

export const h2loadVersion = /nghttp2\/(\S+)/

export function h2loadArguments(target: Target, seconds: number): string[] {
  const { url, headers, connections } = target
  const asked = Object.entries(headers).map(
    ([name, value]) => `${name}: ${value}`,
  )
  return [
    '--h1',
    '-t1',
    `-c${connections}`,
    `-D${seconds}`,
    ...asked.flatMap((header) => ['-H', header]),
    url.href,
  ]
}

/** @throws Error when it is not what h2load prints at its end */
export function readH2load(printed: string): Omit<Outcome, 'cpuMs'> {
  const [, done, errored, timeout] =
    /^requests: .* (\d+) done, .* (\d+) errored, (\d+) timeout$/m.exec(
      printed,
    ) ?? []
  const [, perS] = /^finished in .*?, ([\d.]+) req\/s/m.exec(printed) ?? []
  if (done === undefined || perS === undefined)
    throw new Error(`h2load printed no result: ${printed.slice(0, 200)}`)
  const [, refused4, refused5] =
    /^status codes: .* (\d+) 4xx, (\d+) 5xx$/m.exec(printed) ?? []
  return {
    requests: Number(done),
    seconds: done === '0' ? 0 : Number(done) / Number(perS),
    errors: Number(errored) + Number(timeout),
    refused: Number(refused4) + Number(refused5),
  }
}
