// Says on what machine something was measured, and when.

import type { Environment, Result } from '../result.ts'

type Machine = Pick<Environment, 'cpu' | 'cores' | 'os' | 'node'>

/** `AMD EPYC, 2 cores, Debian GNU/Linux 12 (bookworm), Node 20.20.2` */
export function describeMachine({ cpu, cores, os, node }: Machine): string {
  return `${cpu}, ${cores} cores, ${os}, Node ${node.replace(/^v/, '')}`
}

/** `2026-11-22` */
export function dayOf({ startedAt }: Pick<Result, 'startedAt'>): string {
  return startedAt.slice(0, 10)
}

/** `10 rounds` */
export function roundsOf({ runs }: Pick<Result, 'runs'>): string {
  const rounds = Math.max(0, ...runs.map((run) => run.round))
  return rounds === 1 ? '1 round' : `${rounds} rounds`
}
