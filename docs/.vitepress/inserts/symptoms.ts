// What people see, why, and where it is treated: a list with anchors.

import { type Html, html } from '../../../bench/report/html.ts'
import type {
  NumberedLesson,
  NumberedPractice,
} from '../../../lessons/index.ts'
import { coming } from '../choose/coming.ts'
import { nameOf, type Place, type Symptom } from '../choose/symptom.ts'
import { symptoms } from '../choose/symptoms.ts'
import type { InsertContext } from '../markdown/inserts.ts'
import { base } from '../root.ts'

export function symptomIndex(context: InsertContext): Html {
  return html`<dl class="symptoms">${symptoms.map((one) => entry(one, context))}</dl>`
}

function entry(
  symptom: Symptom,
  { lessons: transports, practices }: InsertContext,
): Html {
  const lessons = [...transports, ...practices]
  const { id, seen, cause, treated, source } = symptom
  const links = treated.filter((place) => isThere(place, lessons))
  const planned = treated.filter((place) => !isThere(place, lessons))
  return html`<dt id="${id}"><a class="header-anchor" href="#${id}" aria-label="Link to “${seen}”">#</a> ${seen}</dt>
<dd>${cause}
<span class="places">${links.map((place) => html`${link(place, lessons)} · `)}${planned.map(
    (place) =>
      html`${'lesson' in place && `lesson ${place.lesson}, ${coming[place.lesson]}, is still to come`} · `,
  )}<a href="${source}" target="_blank" rel="noreferrer">${nameOf(source)}</a></span></dd>
`
}

type Lessons = readonly (NumberedLesson | NumberedPractice)[]

function isThere(place: Place, lessons: Lessons): boolean {
  if ('page' in place) return true
  return lessons.some(({ number }) => number === place.lesson)
}

function link(place: Place, lessons: Lessons): Html {
  if ('page' in place)
    return html`<a href="${base}${place.page}">${place.title}</a>`
  const { lesson, section } = place
  const found = lessons.find(({ number }) => number === lesson)
  const hash = section ? `#${section}` : ''
  const name = section?.split('-avoid')[0]?.replaceAll('-', ' ')
  return html`<a href="${base}lessons/${found?.folder ?? ''}/${hash}">${found?.title ?? ''}${name && `: ${name}`}</a>`
}
