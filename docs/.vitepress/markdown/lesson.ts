// What the site adds to a lesson's write-up: a line about the lesson below its
// first sentence, its live panel where the write-up says how to run it, and the
// panel of its exercise at the end of that section.

import type { MarkdownRenderer } from 'vitepress'

import { html } from '../../../bench/report/html.ts'
import { pathInRepository } from '../root.ts'
import { exercises, lessons, practices } from '../workbook.ts'
import { type Env, fileOf } from './env.ts'

const all = [...lessons, ...practices]

/** @throws Error while rendering, when a write-up lacks a section */
export function lesson(md: MarkdownRenderer): void {
  // Before the inserts and figures, which the added line contains.
  md.core.ruler.after('block', 'workbook-lesson', (state) => {
    const path = pathInRepository(fileOf(state.env as Env))
    const here = all.find(
      ({ folder }) => path === `lessons/${folder}/README.md`,
    )
    // What stands within a line may be rendered by itself, too.
    if (here === undefined || state.inlineMode) return
    const { folder, number } = here
    const block = (content: string) => {
      const token = new state.Token('html_block', '', 0)
      token.content = `${content}\n`
      return token
    }
    const { tokens } = state
    const section = (title: string) => {
      const heading = tokens.findIndex(
        ({ type, content }) => type === 'inline' && content === title,
      )
      if (heading !== -1) return heading + 2
      throw new Error(`${path} must have a section "${title}", as all lessons.`)
    }
    const isTransport = lessons.some(({ folder }) => folder === here.folder)
    const live = isTransport ? `<LivePanel lesson="${folder}" />` : ''
    tokens.splice(section('Run it'), 0, block(live))
    if (exercises.has(folder)) {
      const begin = section('Exercise')
      const next = tokens
        .slice(begin)
        .findIndex(({ type, tag }) => type === 'heading_open' && tag === 'h2')
      tokens.splice(begin + next, 0, block(exercisePanel(number, folder)))
    }
    const lead = tokens.findIndex(({ type }) => type === 'paragraph_close')
    tokens.splice(lead + 1, 0, block(strip(number, isTransport)))
  })
}

function strip(number: number, isLive: boolean): string {
  const live = isLive ? ' <a href="#live">Watch it live</a>' : ''
  return `<p class="lesson-strip"><span>Lesson ${number} of ${all.length}</span> <code>npm run lesson ${number}</code>${live}</p>`
}

function exercisePanel(number: number, folder: string): string {
  const steps = exercises.get(folder)?.map(({ id, text }) => {
    return { check: id, text }
  })
  return html`<ExercisePanel :number="${number}" :steps="${JSON.stringify(steps)}" />`
    .text
}
