// The inserts of the pages that help to decide, made of all lessons and results.

import { describe, expect, it } from 'vitest'

import { list } from '../../../bench/report/words.ts'
import { loadLessons, loadPractices } from '../../../lessons/index.ts'
import { requirements } from '../../../lessons/requirements/index.ts'
import { measuredOf } from '../choose/measured.ts'
import { questions } from '../choose/questions.ts'
import { symptoms } from '../choose/symptoms.ts'
import type { InsertContext } from '../markdown/inserts.ts'
import { references } from '../references.ts'
import { inserts } from './index.ts'

const lessons = await loadLessons()
const context: InsertContext = {
  args: [],
  isSearched: false,
  lessons,
  practices: await loadPractices(),
  requirements,
  references,
  watch: () => {},
}

/** What an insert becomes, of all lessons or of others. */
function make(name: string, changed: Partial<InsertContext> = {}): string {
  return inserts[name]?.({ ...context, ...changed }).text ?? ''
}

/** What somebody reads in HTML. */
function textOf(html: string): string {
  return html
    .replace(/<[^>]+>/g, ' ')
    .replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
    .replace(/\s+/g, ' ')
}

describe('capabilities', () => {
  it('has every lesson and every sentence', () => {
    const text = textOf(make('capabilities'))
    for (const { title, capabilities } of lessons) {
      expect(text).toContain(title)
      for (const fact of Object.values(capabilities))
        if (typeof fact === 'object') expect(text).toContain(fact.because)
    }
  })
})

describe('requirements', () => {
  it('has every requirement in words, and every note', () => {
    const text = textOf(make('requirements'))
    for (const { id, text: words } of requirements) {
      expect(text).toContain(id)
      expect(text).toContain(words.replace(/\s+/g, ' '))
    }
    for (const { notes } of lessons)
      for (const note of Object.values(notes ?? {}))
        expect(text).toContain(note)
  })

  it('leads from each mark to its reason', () => {
    const html = make('requirements')
    const marks = [...html.matchAll(/href="#(remark-\d+)"/g)]
    expect(marks.length).toBeGreaterThan(0)
    for (const [, id] of marks) expect(html).toContain(`<li id="${id}">`)
  })

  it('tells an exception from what is kept in another way', () => {
    const [first] = lessons
    if (first === undefined) throw new Error('There are no lessons.')
    const broken = {
      ...first,
      notes: {},
      exceptions: { gap: 'It has no history.' },
    }
    const html = make('requirements', { lessons: [broken] })
    expect(html).toContain('<td class="exception">')
    expect(textOf(html)).toContain('gap (exception): It has no history.')
    expect(html).not.toContain('own-way')
  })
})

describe('decision-table', () => {
  const html = make('decision-table')

  it('has a row for every answer', () => {
    const text = textOf(html)
    for (const { text: question, answers } of questions) {
      expect(text).toContain(question)
      for (const answer of answers) expect(text).toContain(answer.text)
    }
  })

  it('takes for a closed page what reaches one', () => {
    expect(textOf(html)).toMatch(/Yes .*Web Push/)
  })
})

describe('symptoms', () => {
  it('has an anchor for each, and no link to a lesson that is not there', () => {
    const html = make('symptoms')
    for (const { id } of symptoms) expect(html).toContain(`<dt id="${id}">`)
    const folders = [...html.matchAll(/href="\/lessons\/([^/"]*)\//g)]
    const all = [...lessons, ...context.practices]
    for (const [, folder] of folders)
      expect(all.map((one) => one.folder)).toContain(folder)
    expect(html).not.toContain('undefined')
  })
})

describe('calculator', () => {
  it('names the lessons that have not been measured', () => {
    const [first] = lessons
    if (first === undefined) throw new Error('There are no lessons.')
    const added = { ...first, folder: '99-added', title: 'Added' }
    const html = make('calculator', { lessons: [...lessons, added] })
    const missing = lessons.filter(
      (lesson) => measuredOf(references(), lesson) === undefined,
    )
    const titles = list([...missing.map(({ title }) => title), 'Added'])
    expect(html).toContain(`is missing or invalid: ${titles}.</p>`)
  })
})

describe('cost-figures', () => {
  const html = make('cost-figures')

  it('has a figure or a dash in every cell', () => {
    expect(html).not.toMatch(/NaN|undefined|none/)
    expect(textOf(html)).toContain('resident memory of a subscriber (m)')
  })

  it('leads from every row to the file that it is from', () => {
    const rows = html.split('<tr>').slice(2)
    for (const row of rows)
      expect(row).toMatch(/<a href="https:[^"]+\/bench\/results\/[^"]+\.json">/)
  })
})

describe('worked-example', () => {
  const sums = textOf(make('worked-example')).matchAll(
    /: ([^:=]+) bytes\/s = ([\d.,]+) (bytes|KiB)\/s/g,
  )

  it.each([...sums].map(([, ...sum]) => sum))('%s', (...sum) => {
    const [written = '', result = '', unit] = sum
    const factor = unit === 'KiB' ? 1_024 : 1
    const wanted = Number(result.replaceAll(',', '')) * factor
    expect(compute(written) / wanted).toBeCloseTo(1, 2)
  })

  it('has three sums of bytes', () => {
    const text = textOf(make('worked-example'))
    expect(text.match(/bytes\/s = /g)).toHaveLength(3)
  })

  it('says so when there is nothing to compute with', () => {
    expect(make('worked-example', { references: () => [] })).toContain(
      'Not measured yet.',
    )
  })
})

/** The value of a sum as it is written for people. */
function compute(written: string): number {
  const code = written
    .replaceAll(',', '')
    .replaceAll('×', '*')
    .replaceAll('−', '-')
  expect(code).toMatch(/^[\d.()+*/ -]+$/)
  return Function(`return ${code}`)()
}

describe('a lesson that is no transport', () => {
  const practice = {
    number: 12,
    // The card counts the questions of its write-up.
    folder: '04-server-sent-events',
    title: 'By hand',
    about: 'what nobody has automated',
    run: async () => {},
  }
  const practices = [practice]

  it('has a card without figures', () => {
    const card = make('lesson-grid', { lessons: [], practices })
    expect(textOf(card)).toMatch(/^ 12 By hand what nobody has automated /)
    expect(card).not.toContain('<dl>')
  })

  it('is linked from the symptoms that it treats', () => {
    const list = make('symptoms', { practices })
    expect(list).toContain('lessons/04-server-sent-events/">By hand</a>')
    expect(textOf(list)).not.toContain('lesson 12, By hand, is still to come')
  })
})
