// How many TCP packets a server's connections have carried: the kernel counts
// them for each socket, and `ss` of iproute2 prints it (RFC 4898, segsIn and
// segsOut).

import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

export interface Packets {
  readonly in: number
  readonly out: number
}

/**
 * Of all connections that the port has now: those that are closed are counted
 * no more. Undefined where the system does not tell.
 */
export async function packets(port: number): Promise<Packets | undefined> {
  try {
    const filter = ['state', 'established', `sport = :${port}`]
    const { stdout } = await run('ss', ['-tinH', ...filter], { timeout: 5_000 })
    return countPackets(stdout)
  } catch {
    return undefined // No Linux, or no iproute2.
  }
}

/** Adds up what `ss -ti` says of each connection. */
export function countPackets(text: string): Packets {
  const sum = (name: string) =>
    [...text.matchAll(new RegExp(`\\b${name}:(\\d+)`, 'g'))].reduce(
      (total, [, digits]) => total + Number(digits),
      0,
    )
  return { in: sum('segs_in'), out: sum('segs_out') }
}
