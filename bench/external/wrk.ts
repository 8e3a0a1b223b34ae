// How wrk is asked, and what it prints.

import type { Outcome, Target } from './outcome.ts'

export const wrkVersion = /^wrk \S*?(\d+\.\d+\.\d+)/

export function wrkArguments(target: Target, seconds: number): string[] {
  const { url, headers, connections } = target
  const asked = Object.entries(headers).map(
    ([name, value]) => `${name}: ${value}`,
  )
  return [
    '-t1',
    `-c${connections}`,
    `-d${seconds}s`,
    ...asked.flatMap((header) => ['-H', header]),
    url.href,
  ]
}

/** @throws Error when it is not what wrk prints at its end */
export function readWrk(printed: string): Omit<Outcome, 'cpuMs'> {
  const [, requests] = /^ *(\d+) requests in /m.exec(printed) ?? []
  const [, perS] = /^Requests\/sec: +([\d.]+)$/m.exec(printed) ?? []
  if (requests === undefined || perS === undefined)
    throw new Error(`wrk printed no result: ${printed.slice(0, 200)}`)
  const [, ...failed] =
    /Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)/.exec(
      printed,
    ) ?? []
  const [, refused = '0'] =
    /Non-2xx or 3xx responses: (\d+)/.exec(printed) ?? []
  return {
    requests: Number(requests),
    // Its time has two digits, the rate has more.
    seconds: requests === '0' ? 0 : Number(requests) / Number(perS),
    errors: failed.reduce((sum, count) => sum + Number(count), 0),
    refused: Number(refused),
  }
}
