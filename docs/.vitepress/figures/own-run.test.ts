// The reader's own run: which one it is, and how it stands beside ours.

import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Cell, Result } from '../../../bench/result.ts'
import { references } from '../references.ts'
import { ownChart, ownScenarios } from './own-figures.ts'
import { newestRun, ownRun, serveOwnRuns } from './own-run.ts'
import { lessonsOf } from './own-run-testing.ts'

const all = references()
const ours = lessonsOf('push-latency.json', all)

/** A machine on which everything takes twice as long. */
const id = '2026-12-24T18-00-00-mine'
const yours: Result = { ...ours, id, cells: ours.cells.map(twice) }

const path = await mkdtemp(join(tmpdir(), 'own-run-'))
const folder = pathToFileURL(`${path}/`)

afterAll(() => rm(path, { recursive: true }))

/** @param minute since some hour, when it was written */
async function put(name: string, value: unknown, minute: number) {
  const file = join(path, name)
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  await writeFile(file, text)
  const time = new Date(Date.UTC(2026, 0, 1, 12, minute))
  await utimes(file, time, time)
}

describe('the newest run', () => {
  it('is none where nothing was measured', () => {
    expect(newestRun(new URL('nowhere/', folder))).toBeUndefined()
    expect(newestRun(folder)).toBeUndefined()
  })

  it('is the last that came to its end, whatever else lies there', async () => {
    await put('before.json', { ...yours, id: ours?.id }, 1)
    await put('yours.json', yours, 2)
    await put('early.json', { ...yours, complete: false }, 3)
    await put('noise.json', { 'push-latency/p50Us': 3 }, 4)
    await put('x-aa.json', { ...yours, command: 'npm run bench -- aa' }, 5)
    await put('half.json', JSON.stringify(yours).slice(0, 1_000), 6)
    expect(newestRun(folder)?.id).toBe(id)
  })

  it('is shown only once the site is served', () => {
    expect(ownRun()).toBeUndefined()
    expect(ownChart('own.push-latency.p50Us')).toBeUndefined()
    serveOwnRuns(folder)
    expect(ownRun()?.id).toBe(id)
  })
})

describe('yours beside ours', () => {
  beforeAll(() => serveOwnRuns(folder))

  it('has two rows for each contestant: ours filled, yours hollow', () => {
    const spec = ownChart('own.push-latency.p50Us')?.spec
    if (spec?.kind !== 'dots') throw new Error('It must have dots.')
    expect(spec.rows).toHaveLength(2 * yours.contestants.length)
    for (let at = 0; at < spec.rows.length; at += 2) {
      const [first, second] = spec.rows.slice(at, at + 2)
      expect(second?.label).toBe(first?.label.replace(/( \(.*)?$/, ', yours$1'))
      expect(second?.value).toBeCloseTo(2 * (first?.value ?? 0))
      expect(first?.identity.filled).toBe(true)
      expect(second?.identity.filled).toBe(false)
    }
  })

  it('names both runs, each with its command', () => {
    const file = ownChart('own.push-latency.p50Us')
    expect(file?.sources.map(({ whose }) => whose)).toEqual(['Yours', 'Ours'])
  })

  it('says the ratio, in words and for each contestant', () => {
    const [scenario] = ownScenarios(yours, all)
    const { words, tables } = scenario?.figures[0]?.figure ?? {}
    expect(words).toBe('Yours is 2 times ours, where both verdicts are ok.')
    const text = (tables as { text: string }).text
    expect(text.match(/>× 2</g)).toHaveLength(yours.contestants.length)
  })

  it('leaves out what we have not measured', () => {
    const other = { ...yours.scenarios[0], id: 'another' } as const
    const unknown = { ...yours, scenarios: [other] } as Result
    expect(ownScenarios(unknown, all)).toEqual([])
  })
})

function twice(cell: Cell): Cell {
  const figures = Object.entries(cell.figures).map(([id, summary]) => [
    id,
    { ...summary, median: 2 * summary.median },
  ])
  return { ...cell, figures: Object.fromEntries(figures) }
}
