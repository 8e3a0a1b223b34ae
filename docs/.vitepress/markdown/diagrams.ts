// Fences of mermaid, which the code host draws by a script, are drawn here while
// the page is made.

import type { MarkdownRenderer } from 'vitepress'

import { html } from '../../../bench/report/html.ts'
import { draw } from '../diagram/draw.ts'
import { parse } from '../diagram/parse.ts'
import { inWords } from '../diagram/words.ts'
import { pathInRepository } from '../root.ts'
import { type Env, fileOf } from './env.ts'

type Tokens = Parameters<
  NonNullable<MarkdownRenderer['renderer']['rules']['fence']>
>[0]

/** @throws Error while rendering, when a fence holds more than the site can draw */
export function diagrams(md: MarkdownRenderer): void {
  const { fence } = md.renderer.rules
  md.renderer.rules.fence = (tokens, index, options, env: Env, self) => {
    const token = tokens[index]
    if (token && isDiagram(token))
      return `${diagram(tokens, index, token.content, env)}\n`
    return fence?.(tokens, index, options, env, self) ?? ''
  }
}

function diagram(
  tokens: Tokens,
  index: number,
  source: string,
  env: Env,
): string {
  try {
    const sequence = parse(source)
    // The search index takes all text in a page, and needs it but once.
    if (env.includes === undefined)
      return html`<div v-pre>${inWords(sequence)}</div>`.text
    const number = tokens.slice(0, index).filter(isDiagram).length + 1
    const id = `sequence-${number}`
    return draw(sequence, headingAbove(tokens, index), id).text
  } catch (error) {
    const page = pathInRepository(fileOf(env))
    throw new Error(`${page}: ${(error as Error).message}`, { cause: error })
  }
}

function isDiagram({ type, info }: Tokens[number]): boolean {
  return type === 'fence' && info.trim().split(/\s/, 1)[0] === 'mermaid'
}

function headingAbove(tokens: Tokens, index: number): string {
  const at = tokens
    .slice(0, index)
    .findLastIndex(({ type }) => type === 'heading_open')
  const children = at === -1 ? [] : (tokens[at + 1]?.children ?? [])
  // And not VitePress's link to the heading.
  const texts = children.filter(({ type }) => /^(text|code_inline)$/.test(type))
  return texts
    .map(({ content }) => content)
    .join('')
    .trim()
}
