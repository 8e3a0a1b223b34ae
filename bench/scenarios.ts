// Finds the scenarios: every file in `scenarios/` is one.

import { readdir } from 'node:fs/promises'

import type { NamedScenario, Scenario } from './scenario.ts'
import { rankOf } from './scenario-order.ts'

export async function loadScenarios(): Promise<NamedScenario[]> {
  const names = await readdir(new URL('scenarios/', import.meta.url))
  const ids = names
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => name.slice(0, -'.ts'.length))
  ids.sort((a, b) => rankOf(a) - rankOf(b) || a.localeCompare(b))
  return Promise.all(ids.map(loadScenario))
}

async function loadScenario(id: string): Promise<NamedScenario> {
  const module: { default: Scenario } = await import(`./scenarios/${id}.ts`)
  return { id, ...module.default }
}
