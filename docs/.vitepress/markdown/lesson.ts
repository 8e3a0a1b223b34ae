// What the site adds to a lesson's write-up: a line about the lesson below its
// first sentence, and its live panel where the write-up says how to run it.

import type { MarkdownRenderer } from 'vitepress'

import { pathInRepository } from '../root.ts'
import { lessons } from '../workbook.ts'
import { type Env, fileOf } from './env.ts'

/** @throws Error while rendering, when a write-up has no section "Run it" */
export function lesson(md: MarkdownRenderer): void {
  // Before the inserts and figures, which the added line contains.
  md.core.ruler.after('block', 'workbook-lesson', (state) => {
    const path = pathInRepository(fileOf(state.env as Env))
    const here = lessons.find(
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
    const title = tokens.findIndex(
      ({ type, content }) => type === 'inline' && content === 'Run it',
    )
    if (title === -1)
      throw new Error(`${path} must have a section "Run it", as all lessons.`)
    tokens.splice(title + 2, 0, block(`<LivePanel lesson="${folder}" />`))
    const lead = tokens.findIndex(({ type }) => type === 'paragraph_close')
    tokens.splice(lead + 1, 0, block(strip(number)))
  })
}

function strip(number: number): string {
  return `<p class="lesson-strip"><span>Lesson ${number} of ${lessons.length}</span> <code>npm run lesson ${number}</code> <a href="#live">Watch it live</a></p>`
}
