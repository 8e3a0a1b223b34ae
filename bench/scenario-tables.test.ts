// What a write-up says of a scenario.

import { expect, test } from 'vitest'

import type { Reference } from './references.ts'
import { sampleResult } from './report/sample-result.ts'
import { withFigures } from './scenario-tables.ts'

const sample = sampleResult({ samples: 10 })
const reference: Reference = {
  file: 'sample.json',
  result: {
    ...sample,
    scenarios: sample.scenarios.map((scenario) =>
      scenario.id === 'fan-out'
        ? {
            ...scenario,
            views: [
              { metric: 'last', variants: scenario.variants.slice(1, 3) },
              { metric: 'memory', variants: scenario.variants.slice(1, 2) },
            ],
          }
        : scenario,
    ),
  },
}
const text =
  'Before\n\n<!-- figures fan-out -->\n\nold\n\n<!-- /figures -->\n\nAfter\n'

test('each view is a table: a row for each contestant, a column for each position', () => {
  const tables = withFigures(text, [reference])
  expect(tables).toMatch(
    /^Before\n\n<!-- figures fan-out -->\n\n\| \*\*Time to the last delivery\*\* \| 10 subscribers \| 100 subscribers \|\n\|---\|---:\|---:\|\n\| Raw TCP \| [^|]+ \| [^|]+ \|\n/,
  )
  expect(tables).toContain(
    '| **Memory of the server, 10 subscribers** |  |\n|---|---:|\n',
  )
  expect(tables).not.toContain('old')
  // It was left out, with a reason.
  expect(tables).not.toContain('HTTP/2 server push')
  expect(tables).toContain('(../../bench/results/sample.json)')
  expect(tables).toMatch(/\n\n<!-- \/figures -->\n\nAfter\n$/)
})

test('written again, it stays as it is', () => {
  const once = withFigures(text, [reference])
  expect(withFigures(once, [reference])).toBe(once)
})

test('a scenario that nobody has measured leaves the text alone', () => {
  expect(withFigures(text, [])).toBe(text)
  expect(withFigures('no marks\n', [reference])).toBe('no marks\n')
})
