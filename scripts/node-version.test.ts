import { expect, test } from 'vitest'
import { nodeProblem } from './node-version.ts'

test.each(['18.20.8', '20.18.3'])('Node %s is refused by a sentence', (old) => {
  expect(nodeProblem(old)).toMatch(
    new RegExp(`^The workbook needs Node 20.19 or newer, this is Node ${old}:`),
  )
})

test.each(['20.19.0', '22.0.0', '26.1.0', '25.0.0-nightly20250101'])(
  'Node %s is accepted',
  (version) => {
    expect(nodeProblem(version)).toBeUndefined()
  },
)
