// Every answer and what it means for every lesson: the chooser on paper.

import { type Html, html } from '../../../bench/report/html.ts'
import { list } from '../../../bench/report/words.ts'
import { lessonCandidates } from '../choose/candidates.ts'
import { best, type Candidate, choose, judgeAnswer } from '../choose/choose.ts'
import {
  type Answers,
  type QuestionId,
  questions,
  usual,
} from '../choose/questions.ts'
import { warnings, wordOf } from '../choose/verdicts.ts'
import type { InsertContext } from '../markdown/inserts.ts'

export function decisionTable(context: InsertContext): Html {
  const candidates = lessonCandidates(context)
  const titles = candidates.map(
    ({ title }) => html`<th scope="col">${title}</th>`,
  )
  return html`<section class="scroll" tabindex="0" aria-label="What each answer means">
<table class="decisions">
<thead><tr><th scope="col">Answer</th><th scope="col">All else as usual, take</th>${titles}</tr></thead>
${questions.map(
  (question) => html`<tbody>
<tr><th scope="rowgroup" colspan="${candidates.length + 2}">${question.text}</th></tr>
${question.answers.map(
  ({ id, text }, index) => html`<tr>
<th scope="row">${text}${index === 0 && html` <small>(as usual)</small>`}</th>
<td>${take(candidates, { ...usual, [question.id]: id })}</td>
${candidates.map((one) => cell(judgeAnswer(one, question.id, id)?.points))}</tr>
`,
)}</tbody>`,
)}
</table></section>
${candidates.map((candidate) => {
  const reasons = questions.flatMap(({ id, text, answers }) =>
    answers.flatMap((answer) => {
      const found = judgeAnswer(candidate, id as QuestionId, answer.id)
      if (found === undefined) return []
      const figure = found.figure && candidate.figures[found.figure]
      return html`<li><strong>${wordOf(found.points)}</strong>, ${text} <em>${answer.text}</em>: ${found.why}${figure && ` Measured: ${figure}.`}</li>
`
    }),
  )
  return html`<details><summary>Why: ${candidate.title}</summary>
<ul>${reasons}</ul>
<p>More: <a href="${candidate.href}">the lesson</a>, <a href="${candidate.href}#what-it-costs">what it costs</a>.</p></details>
`
})}`
}

function take(candidates: readonly Candidate[], answers: Answers): Html {
  const first = best(choose(candidates, answers))
  const titles = list(first.map(({ candidate }) => candidate.title))
  const warned = warnings(first, answers).map(
    (sentence) => html` <small>${sentence}</small>`,
  )
  return html`${titles || 'nothing here'}${warned}`
}

function cell(points: number | 'out' | undefined): Html {
  if (points === undefined)
    return html`<td><span class="no-difference">–</span></td>`
  const word = wordOf(points)
  return html`<td class="${word.replace(' ', '-')}">${word}</td>`
}
