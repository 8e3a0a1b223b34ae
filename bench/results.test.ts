// The committed results: each keeps to the schema, and all that is said of its
// runs can be computed from them again.

import { expect, test } from 'vitest'

import { loadContestants } from './contestants.ts'
import { withCosts } from './lesson-costs.ts'
import { readReferences } from './references.ts'
import { figuresOf } from './run-one.ts'
import { loadScenarios } from './scenarios.ts'
import { problemsOf } from './schema/validate.ts'
import { summarize } from './summarize.ts'

const references = readReferences()

test('there are reference results', () => {
  expect(references.length).toBeGreaterThan(0)
})

test.for(references)('$file keeps to the schema', async ({ result }) => {
  expect(await problemsOf(result)).toEqual([])
  expect(result.complete).toBe(true)
})

test.for(references)(
  "$file: percentiles are those of the runs' histograms",
  ({ result }) => {
    for (const run of result.runs) {
      const scenario = result.scenarios.find(({ id }) => id === run.scenario)
      if (scenario === undefined) throw new Error(`${run.scenario} is unknown.`)
      const { figures, histograms } = run
      expect(figuresOf(scenario, { figures, histograms })).toEqual(figures)
    }
  },
)

test.for(references)(
  '$file: medians, intervals, tests and letters come out again',
  ({ result }) => {
    const { noisePercent } = result.environment
    const again = summarize({ ...result, noisePercent })
    const plain = JSON.parse(JSON.stringify(again))
    expect(plain.cells).toEqual(result.cells)
    expect(plain.comparisons).toEqual(result.comparisons)
  },
)

test.for(references)('$file names no place of the machine', ({ result }) => {
  const text = JSON.stringify(result)
  expect(text).not.toMatch(/\/(home|root|tmp|work|Users)\//)
})

const lessons = (await loadContestants()).filter(
  ({ kind }) => kind === 'lesson',
)

test.for(await loadScenarios())(
  '$id has a figure of all whom it is put to, or a reason why not',
  (scenario, { skip }) => {
    const isHere = (one: { scenario: string }) => one.scenario === scenario.id
    const found = references.flatMap(({ result }) => [
      ...result.cells.filter(isHere),
      ...result.absent.filter(isHere),
    ])
    const isOwn = 'contestants' in scenario
    if (isOwn && found.length === 0)
      skip(
        `Nobody has measured it yet: npm run bench -- run ${scenario.id} --normal --json bench/results/${scenario.id}.json`,
      )
    const asked = isOwn ? scenario.contestants : lessons
    const empty = asked.filter(
      ({ id }) => !found.some(({ contestant }) => contestant === id),
    )
    expect(empty.map(({ id }) => id)).toEqual([])
  },
)

test('a write-up without marks for a table stays as it is', () => {
  expect(withCosts('# Title\n', '04-server-sent-events', references)).toBe(
    '# Title\n',
  )
})
