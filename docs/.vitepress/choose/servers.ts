// A load that is too much for one server: how many it takes, with equal parts of
// the subscribers.

import { type Costs, costsOf, type Load, type Measured } from './costs.ts'

/** A process of Node has one CPU for its code; so much of it may be busy. */
export const busiest = 0.7

export interface SharedCosts extends Costs {
  /** How many processes. */
  readonly servers: number
}

/** What all servers take together, and how late the subscribers of each are. */
export function sharedCosts(measured: Measured, load: Load): SharedCosts {
  const all = costsOf(measured, load)
  const servers = Math.max(1, Math.ceil(all.cores / busiest))
  const one = costsOf(measured, {
    ...load,
    subscribers: Math.ceil(load.subscribers / servers),
  })
  const { usualDelayMs, mostDelayMs, isBound, keeps } = one
  return { ...all, servers, usualDelayMs, mostDelayMs, isBound, keeps }
}
