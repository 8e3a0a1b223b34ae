// Finds the scenarios: every file in `scenarios/` is one.

import { readdir } from 'node:fs/promises'

import type { NamedScenario, Scenario } from './scenario.ts'

/** In the order in which a reader wants the answers: speed first, then costs, then trouble. */
const order = [
  'push-latency',
  'fan-out',
  'throughput',
  'echo',
  'connect',
  'memory',
  'idle-cost',
  'wire',
  'resume',
  'slow-consumer',
  'link',
]

export async function loadScenarios(): Promise<NamedScenario[]> {
  const names = await readdir(new URL('scenarios/', import.meta.url))
  const ids = names
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => name.slice(0, -'.ts'.length))
  ids.sort((a, b) => rankOf(a) - rankOf(b) || a.localeCompare(b))
  return Promise.all(ids.map(loadScenario))
}

/** Its place in the order; a new one comes last. */
export function rankOf(id: string): number {
  return order.includes(id) ? order.indexOf(id) : order.length
}

async function loadScenario(id: string): Promise<NamedScenario> {
  const module: { default: Scenario } = await import(`./scenarios/${id}.ts`)
  return { id, ...module.default }
}
