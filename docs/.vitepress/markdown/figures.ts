// `<!-- figure push-latency p50Us 04-server-sent-events -->` within a sentence
// becomes the figure of the committed results.

import type { MarkdownRenderer } from 'vitepress'

import { html } from '../../../bench/report/html.ts'
import { figureText } from '../figures/figure-text.ts'
import { references } from '../references.ts'
import type { Env } from './env.ts'

const mark = /^<!-- figure (?<words>[^<>]+) -->$/

/** @throws Error while rendering, when there is no such figure */
export function figuresIn(md: MarkdownRenderer): void {
  md.core.ruler.push('workbook-figures', (state) => {
    const { includes } = state.env as Env
    for (const { type, content, children } of state.tokens) {
      // There markdown takes the whole line as it is, and would show nothing.
      if (type === 'html_block' && content.startsWith('<!-- figure '))
        throw new Error(
          `A figure must stand within a line, not at its beginning: ${content.trim()}`,
        )
      for (const token of children ?? []) {
        const found = token.type === 'html_inline' && mark.exec(token.content)
        if (!found) continue
        const words = found.groups?.words?.split(' ') ?? []
        const all = references((file) => includes?.push(file))
        const { text } =
          html`<span class="bench-number">${figureText(all, words)}</span>`
        token.content = text
      }
    }
  })
}
