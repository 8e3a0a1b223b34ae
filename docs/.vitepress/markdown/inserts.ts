// `<!-- insert lesson-grid -->` in a page becomes what `inserts/lesson-grid.ts`
// makes of the lessons and the results: HTML that needs no script.

import type { MarkdownRenderer } from 'vitepress'

import type { Reference } from '../../../bench/references.ts'
import type { Html } from '../../../bench/report/html.ts'
import type {
  NumberedLesson,
  NumberedPractice,
} from '../../../lessons/index.ts'
import type { Requirement } from '../../../lessons/requirements/requirement.ts'
import { inserts } from '../inserts/index.ts'
import { references } from '../references.ts'
import { lessons, practices, requirements } from '../workbook.ts'
import type { Env } from './env.ts'

export interface InsertContext {
  /** The words after the insert's name. */
  readonly args: readonly string[]
  /** The text is for the search index: figures in tables say nothing there. */
  readonly isSearched: boolean
  /** The transports. */
  readonly lessons: readonly NumberedLesson[]
  /** What all transports meet in practice. */
  readonly practices: readonly NumberedPractice[]
  readonly requirements: readonly Requirement[]
  /** All committed results, the newest first. Whoever asks is made again when one changes. */
  references(): readonly Reference[]
  /** Names a file that was read: when it changes, the page is rendered again. */
  watch(file: URL | string): void
}

export type Insert = (context: InsertContext) => Html

const mark = /^<!-- insert (?<name>[\w-]+)(?<args>(?: [^ ]+)*) -->\s*$/

/** @throws Error while rendering, when there is no such insert */
export function insertsIn(md: MarkdownRenderer): void {
  md.core.ruler.push('workbook-inserts', (state) => {
    for (const token of state.tokens) {
      const found = token.type === 'html_block' && mark.exec(token.content)
      if (!found) continue
      const { name = '', args = '' } = found.groups ?? {}
      token.content = insert(name, args.trim(), state.env as Env)
    }
  })
}

function insert(name: string, args: string, { includes }: Env): string {
  const make = inserts[name]
  if (make === undefined)
    throw new Error(
      `There is no insert "${name}", only ${Object.keys(inserts).join(', ')}.`,
    )
  const { text } = make({
    args: args === '' ? [] : args.split(' '),
    isSearched: includes === undefined,
    lessons,
    practices,
    requirements,
    references: () => references((file) => includes?.push(file)),
    watch: (file) => includes?.push(String(file)),
  })
  return withoutMustaches(text)
}

/** Vue would read two braces as a place to fill. */
function withoutMustaches(html: string): string {
  return `${html.replaceAll('{{', '&#123;&#123;')}\n`
}
