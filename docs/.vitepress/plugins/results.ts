// The committed results as they are, `results/push-latency.json`.

import { readFileSync } from 'node:fs'

import { resultsFolder } from '../../../bench/results-folder.ts'
import { references } from '../references.ts'
import type { Plugin } from './plugin.ts'
import { serveJson } from './serve-json.ts'

export function results(base: string): Plugin[] {
  const names = () =>
    references().map(({ file }) => file.replace(/\.json$/, ''))
  return serveJson(base, {
    name: 'results',
    names,
    read: (name) =>
      names().includes(name)
        ? readFileSync(new URL(`${name}.json`, resultsFolder), 'utf8')
        : undefined,
  })
}
