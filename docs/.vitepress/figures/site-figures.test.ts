// Which figures there are, and what the files that they are drawn from hold.

import { readFileSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import { headlinesOf } from '../../../bench/report/lookup.ts'
import { loadLessons } from '../../../lessons/index.ts'
import { references } from '../references.ts'
import { root } from '../root.ts'
import { chartFile, sourcesOf } from './chart-file.ts'
import { figureText } from './figure-text.ts'
import { lessonFigures } from './lesson-figures.ts'
import { siteFigure, siteScenarios } from './site-figures.ts'

const all = references()
const scenarios = siteScenarios(all)
const ids = scenarios.flatMap(({ figures }) => figures.map(({ id }) => id))

describe('figures', () => {
  it('have ids of their own, and are made once', () => {
    expect(new Set(ids).size).toBe(ids.length)
    expect(siteScenarios(all)).toBe(scenarios)
  })

  it.each(scenarios)('of $section.scenario.id show each headline', (one) => {
    const { scenario } = one.section
    const shown = one.figures.map(({ metric }) => metric?.id)
    for (const { id } of headlinesOf(scenario)) expect(shown).toContain(id)
  })

  it.each(scenarios)(
    'of $section.scenario.id have a place on a page',
    ({ section }) => {
      const page = readFileSync(new URL('docs/compare.md', root), 'utf8')
      expect(page).toContain(`<!-- insert scenario ${section.scenario.id} -->`)
    },
  )

  it('say which there are, when one is asked for that is none', () => {
    expect(() => siteFigure(all, 'nothing')).toThrow(
      /There is no chart "nothing", only push-latency\.p50Us, /,
    )
  })
})

describe.each(ids)('the file of %s', (id) => {
  const figure = siteFigure(all, id)
  const file = chartFile(figure, sourcesOf(figure, all))

  it('says where each figure comes from, and how sure it is', () => {
    expect(file.data.length).toBeGreaterThan(0)
    const sources = file.sources.map((one) => one.id)
    for (const row of file.data) {
      if ('percentiles' in row) {
        expect(row.percentiles.length).toBeGreaterThan(0)
        continue
      }
      expect(sources).toContain(row.source)
      const { result } = all.find((one) => one.result.id === row.source) ?? {}
      const cell = result?.cells.find(
        (one) =>
          one.scenario === file.scenario &&
          one.contestant === row.contestant &&
          one.variant === row.variant,
      )
      expect(row).toMatchObject(cell?.figures[figure.metric?.id ?? ''] ?? {})
      expect(row.verdict).toBe(cell?.verdict)
    }
  })

  it('has the command, the machine and the day', () => {
    for (const { command, machine, date } of file.sources) {
      expect(command).toMatch(/^npm run bench/)
      expect(machine).toMatch(/ cores, .* Node \d/)
      expect(date).toMatch(/^\d{4}-\d\d-\d\d$/)
    }
  })
})

describe.each(await loadLessons())('the charts of lesson $number', (lesson) => {
  const figures = lessonFigures(all, lesson.folder)

  it('are three to five, and have the lesson in them', () => {
    expect(figures.length).toBeGreaterThanOrEqual(3)
    expect(figures.length).toBeLessThanOrEqual(5)
    for (const { figure } of figures)
      expect(JSON.stringify(figure.spec)).toContain(
        `"contestant":"${lesson.folder}"`,
      )
  })
})

it('a lesson that nobody measured has no charts', () => {
  expect(lessonFigures(all, '99-carrier-pigeon')).toEqual([])
})

describe('a figure in a sentence', () => {
  it.each([
    ['nothing', 'There is no scenario "nothing", only "push-latency", '],
    ['push-latency nothing', 'There is no metric of push-latency "nothing"'],
    ['push-latency p50Us nobody', 'no contestant of push-latency "nobody"'],
    [
      'fan-out lastP50Us 05-websocket',
      'There is no position of fan-out, 05-websocket "", only "1 subscriber"',
    ],
  ])('%s is none, and what there is is said', (words, sentence) => {
    expect(() => figureText(all, words.split(' '))).toThrow(sentence)
  })

  it('is the newest, with its interval and unit', () => {
    const text = figureText(all, ['push-latency', 'p50Us', '05-websocket'])
    expect(text).toMatch(/^[\d.]+ (µs|ms) \([\d.]+–[\d.]+ (µs|ms)\)$/)
  })

  it('has its verdict where that is not ok', () => {
    const doubtful = scenarios
      .flatMap(({ section }) =>
        section.entries.map(({ cell }) => ({ section, cell })),
      )
      .find(({ section, cell }) => {
        const [metric] = section.scenario.metrics
        return cell.verdict !== 'ok' && metric && cell.figures[metric.id]
      })
    if (doubtful === undefined) return
    const { section, cell } = doubtful
    const { id, metrics } = section.scenario
    const words = [id, metrics[0]?.id ?? '', cell.contestant, cell.variant]
    const text = figureText(all, words.filter(Boolean).join(' ').split(' '))
    expect(text.endsWith(`, ${cell.verdict}`)).toBe(true)
  })
})
