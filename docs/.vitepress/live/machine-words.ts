// Says in a line what a race ran on.

import type { Machine } from '../../../scripts/control/manifest.ts'

export function describeMachine({ cpu, cores, os, node }: Machine): string {
  return `${cpu}, ${cores} cores, ${os}, Node ${node.replace(/^v/, '')}`
}
