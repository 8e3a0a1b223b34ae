// What the topics of lesson 13 have recorded, as charts.

import { describe, expect, test } from 'vitest'

import { inserts } from '../inserts/index.ts'
import type { InsertContext } from '../markdown/inserts.ts'
import { recordedCharts } from './recorded.ts'

const charts = recordedCharts()

test('each topic that records has a chart', () => {
  expect(charts.map(({ id }) => id)).toEqual([
    'recorded.behind-nginx',
    'recorded.reconnect-storms',
    'recorded.slow-readers',
  ])
})

describe.each(charts)('$id', ({ spec, recorded }) => {
  test('shows all that was recorded, within its axes', () => {
    expect(spec.lines.map(({ points }) => points.length)).toEqual(
      recorded.lines.map(({ points }) => points.length),
    )
    for (const { points } of spec.lines)
      for (const { x, value } of points) {
        expect(x).toBeGreaterThanOrEqual(spec.x.min)
        expect(x).toBeLessThanOrEqual(spec.x.max)
        expect(value).toBeGreaterThanOrEqual(spec.y.min)
        expect(value).toBeLessThanOrEqual(spec.y.max)
      }
  })

  test('has a look of its own for each line', () => {
    const looks = spec.lines.map(({ identity }) => JSON.stringify(identity))
    expect(new Set(looks).size).toBe(looks.length)
  })
})

describe('<!-- insert recorded … -->', () => {
  const insert = (name: string, isSearched = false) => {
    const files: string[] = []
    const { text = '' } =
      inserts.recorded?.({
        args: [name],
        isSearched,
        watch: (file: URL) => files.push(`${file}`),
      } as unknown as InsertContext) ?? {}
    return { text, files }
  }

  test('is a chart with its words, its figures, its data and its machine', () => {
    const { text, files } = insert('reconnect-storms')
    expect(text).toContain('<BenchChart id="recorded.reconnect-storms"')
    expect(text).toContain('href="/charts/recorded.reconnect-storms.json"')
    expect(text).toMatch(
      /<th scope="row">a fixed delay of 1 s<\/th><td>0\.5: 0/,
    )
    expect(text).toMatch(/Hides:.*npm run record:topics.* cores, .*, \d{4}-/s)
    expect(files).toEqual([expect.stringMatching(/storms\/recorded\.json$/)])
  })

  test('is its sentence alone for the search', () => {
    expect(insert('slow-readers', true).text).toMatch(/^<p>[^<]+<\/p>$/)
  })

  test('names what there is, for a name that there is not', () => {
    expect(() => insert('nothing')).toThrow(
      'There is no recorded.nothing, only recorded.behind-nginx, ',
    )
  })
})
