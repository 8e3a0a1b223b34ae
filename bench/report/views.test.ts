// Which of a scenario's positions stand in a chart together.

import { expect, test } from 'vitest'

import type { View } from '../result.ts'
import { metricChart } from './charts.ts'
import { headlinesOf, type Section, sectionsOf } from './lookup.ts'
import { sampleResult } from './sample-result.ts'
import { shownIn, viewsOf } from './views.ts'

const [, fanOut] = sectionsOf(sampleResult({ samples: 10 }))
if (fanOut === undefined) throw new Error('The sample has a second scenario.')

/** As if a distance had been a second knob. */
const section: Section = {
  ...fanOut,
  variants: fanOut.variants.map(near),
  entries: fanOut.entries.map((entry) => ({
    ...entry,
    cell: { ...entry.cell, variant: near(entry.cell.variant) },
  })),
}
const [one = '', ten = '', hundred = ''] = section.variants

test('without views, each headline has all positions', () => {
  const metrics = headlinesOf(fanOut.scenario)
  expect(viewsOf(fanOut)).toEqual(
    metrics.map((metric) => ({ metric, section: fanOut, at: '' })),
  )
  expect(shownIn(fanOut)).toEqual(
    metrics.map((metric) => ({ metric, variants: fanOut.variants })),
  )
})

test('a view has its positions and no others, along an axis of what differs', () => {
  const [view, ...others] = viewsOf(
    withViews([{ metric: 'last', variants: [one, ten, hundred] }]),
  )
  expect(others).toEqual([])
  expect(view?.at).toBe('20 ms RTT')
  const shown = view?.section.entries.map(({ cell }) => cell.variant)
  expect(new Set(shown)).toEqual(new Set([one, ten, hundred]))
  if (view === undefined) return
  expect(metricChart(view.section, view.metric)).toMatchObject({
    kind: 'lines',
    joined: true,
    x: { title: 'subscribers', ticks: [{ at: 1 }, { at: 10 }, { at: 100 }] },
  })
})

test('a view of one position has a dot for each contestant', () => {
  const [view] = viewsOf(withViews([{ metric: 'memory', variants: [ten] }]))
  expect(view?.at).toBe(ten)
  if (view === undefined) return
  expect(metricChart(view.section, view.metric)?.kind).toBe('dots')
})

test('a view can be of some contestants, and says of whom', () => {
  const of = { name: 'polling', ids: ['01-short-polling', '02-long-polling'] }
  const [view] = viewsOf(
    withViews([{ metric: 'last', variants: [one, ten], of }]),
  )
  expect(view?.at).toBe('polling, 20 ms RTT')
  const shown = view?.section.entries.map(({ contestant }) => contestant.id)
  expect(new Set(shown)).toEqual(new Set(of.ids))
  const nobody = { name: 'nobody', ids: ['nobody'] }
  expect(
    viewsOf(withViews([{ metric: 'last', variants: [one], of: nobody }])),
  ).toEqual([])
})

test('what was not measured is not shown', () => {
  const views = [
    { metric: 'last', variants: ['elsewhere'] },
    { metric: 'nothing', variants: [one] },
    { metric: 'last', variants: ['elsewhere', one] },
  ]
  const found = viewsOf(withViews(views))
  expect(found.map(({ section }) => section.variants)).toEqual([[one]])
})

test('a position that stands in two charts is told of once', () => {
  const views = [
    { metric: 'last', variants: [hundred, ten] },
    { metric: 'memory', variants: [ten] },
    { metric: 'last', variants: [one, ten] },
  ]
  const shown = shownIn(withViews(views)).map(({ metric, variants }) => [
    metric.id,
    variants,
  ])
  expect(shown).toEqual([
    ['last', [one, ten, hundred]],
    ['memory', [ten]],
  ])
})

function withViews(views: readonly View[]): Section {
  return { ...section, scenario: { ...section.scenario, views } }
}

function near(variant: string): string {
  return `20 ms RTT, ${variant}`
}
