// All lessons as cards: what each is, and what a message costs with it if it is
// a transport.

import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import { findCell, type Reference } from '../../../bench/references.ts'
import { type Html, html } from '../../../bench/report/html.ts'
import { identifyTransports } from '../../../bench/report/identity.ts'
import { swatch } from '../../../bench/report/swatch.ts'
import { medianOf } from '../../../bench/report/words.ts'
import type { Numbered, NumberedLesson } from '../../../lessons/index.ts'
import { labels } from '../choose/labels.ts'
import type { InsertContext } from '../markdown/inserts.ts'
import { predictionsIn } from '../predict/predictions.ts'
import { base, root } from '../root.ts'

/** What people ask first: how soon, how much memory, how many bytes. */
const figures = [
  {
    scenario: 'push-latency',
    variant: '',
    metric: 'p50Us',
    label: 'push latency',
  },
  {
    scenario: 'memory',
    variant: '',
    metric: 'heapKiB',
    label: 'each subscriber',
  },
  {
    scenario: 'wire',
    variant: '100 messages/s',
    metric: 'bytesDown',
    label: 'each message',
  },
] as const

export function lessonGrid(context: InsertContext): Html {
  const { lessons, practices, references } = context
  const looks = identifyTransports(lessons.map(({ title }) => title))
  const results = references()
  return html`<ul class="lesson-grid">${lessons.map((lesson) => {
    const look = looks.get(lesson.title)
    return html`<li><a href="${base}lessons/${lesson.folder}/">
${numberOf(lesson)}
<strong>${lesson.title}</strong> ${look && swatch(look)}
<small class="status">${statusOf(lesson)}</small>
${progressOf(lesson, context)}
<dl>${figures.map((figure) => entry(lesson, figure, results))}</dl></a></li>`
  })}${practices.map(
    (practice) => html`<li><a href="${base}lessons/${practice.folder}/">
${numberOf(practice)}
<strong>${practice.title}</strong>
<small class="status">${practice.about}</small>
${progressOf(practice, context)}</a></li>`,
  )}</ul>`
}

function numberOf({ number }: Numbered): Html {
  return html`<span class="number">${String(number).padStart(2, '0')}</span>`
}

/** Whether it has a future, and what a browser calls it. */
function statusOf({ capabilities: { browser, status } }: NumberedLesson) {
  const state = labels.status.words[status.is]
  return browser.is === 'none'
    ? `${state}: brings pages no messages`
    : `${state}; in browsers: ${labels.browser.words[browser.is]}`
}

/** What there is to do; on the page, how much of it is done. */
function progressOf(
  { folder }: Numbered,
  { isSearched, watch }: InsertContext,
): Html | undefined {
  if (isSearched) return undefined
  const writeUp = fileURLToPath(new URL(`lessons/${folder}/README.md`, root))
  watch(writeUp)
  const questions = predictionsIn(readFileSync(writeUp, 'utf8'))
  const ids = JSON.stringify(questions.map(({ id }) => id))
  return html`<LessonProgress lesson="${folder}" :questions="${ids}" />`
}

function entry(
  { folder }: NumberedLesson,
  figure: (typeof figures)[number],
  results: readonly Reference[],
): Html | undefined {
  const { scenario, variant, metric, label } = figure
  const found = findCell(results, scenario, variant, folder)
  const summary = found?.cell.figures[metric]
  const unit = found?.result.scenarios
    .find(({ id }) => id === scenario)
    ?.metrics.find(({ id }) => id === metric)?.unit
  if (summary === undefined || unit === undefined) return undefined
  return html`<div><dt>${label}</dt><dd>${medianOf(unit, summary)}</dd></div>`
}
