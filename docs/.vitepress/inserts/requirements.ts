// What every transport keeps: each requirement and each lesson, with the reasons
// of those that keep one in their own way, or not.

import { type Html, html } from '../../../bench/report/html.ts'
import type { NumberedLesson } from '../../../lessons/index.ts'
import type { Requirement } from '../../../lessons/requirements/requirement.ts'
import type { InsertContext } from '../markdown/inserts.ts'
import { base } from '../root.ts'

/** A cell that is worth a sentence. */
interface Remark {
  readonly requirement: Requirement
  readonly lesson: NumberedLesson
  readonly kind: 'its own way' | 'exception'
  readonly text: string
}

export function requirementsTable(context: InsertContext): Html {
  const { lessons, requirements } = context
  const remarks = requirements.flatMap((requirement) =>
    lessons.flatMap((lesson) => remark(requirement, lesson) ?? []),
  )
  return html`<section class="scroll" tabindex="0" aria-label="Requirements and who keeps them">
<table class="requirements">
<thead><tr><th scope="col">Requirement</th>${lessons.map(({ title }) => html`<th scope="col">${title}</th>`)}</tr></thead>
<tbody>${requirements.map(
    (
      requirement,
    ) => html`<tr><th scope="row"><code>${requirement.id}</code></th>${lessons.map(
      (lesson) => {
        const index = remarks.findIndex(
          (one) => one.requirement === requirement && one.lesson === lesson,
        )
        return cell(remarks[index], index + 1)
      },
    )}</tr>
`,
  )}</tbody></table></section>
<ol class="remarks">${remarks.map(
    (
      { requirement, lesson, kind, text },
      index,
    ) => html`<li id="remark-${index + 1}"><a href="${base}lessons/${lesson.folder}/">${lesson.title}</a>, <code>${requirement.id}</code> (${kind}): ${text}</li>
`,
  )}</ol>
<details><summary>The requirements in words</summary><dl>${requirements.map(
    ({ id, text }) => html`<dt><code>${id}</code></dt><dd>${text}</dd>
`,
  )}</dl></details>`
}

function remark(
  requirement: Requirement,
  lesson: NumberedLesson,
): Remark | undefined {
  const { exceptions, notes } = lesson
  const exception = exceptions?.[requirement.id]
  if (exception)
    return { requirement, lesson, kind: 'exception', text: exception }
  const note = notes?.[requirement.id]
  return note === undefined
    ? undefined
    : { requirement, lesson, kind: 'its own way', text: note }
}

function cell(found: Remark | undefined, number: number): Html {
  if (found === undefined) return html`<td class="kept">kept</td>`
  const look = found.kind === 'exception' ? 'exception' : 'own-way'
  return html`<td class="${look}"><a href="#remark-${number}">${found.kind} (${number})</a></td>`
}
