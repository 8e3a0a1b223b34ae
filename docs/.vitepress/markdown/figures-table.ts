// A table of figures that was written in Markdown, as tables of figures are on
// the site: each head says what it is the head of, and it scrolls in its own box.

import type { MarkdownRenderer } from 'vitepress'

type Token = ReturnType<MarkdownRenderer['parse']>[number]
type TokenClass = new (type: string, tag: string, nesting: 1 | 0 | -1) => Token

/** Changes the tokens of the one table among them. */
export function figuresTableOf(
  tokens: readonly Token[],
  TokenOf: TokenClass,
): Token[] {
  const block = (content: string) => {
    const token = new TokenOf('html_block', '', 0)
    token.content = content
    return token
  }
  let inBody = false
  let isFirst = false
  return tokens.flatMap((token) => {
    switch (token.type) {
      case 'table_open':
        // VitePress's own would be a second stop of the tabulator key.
        return [block(`${opening}<table>\n`)]
      case 'table_close':
        return [block(`</table>\n${closing}`)]
      case 'tbody_open':
        inBody = true
        break
      case 'tr_open':
        isFirst = inBody
        break
      case 'th_open':
        token.attrSet('scope', 'col')
        break
      case 'td_open':
        if (!isFirst) break
        token.tag = 'th'
        token.attrSet('scope', 'row')
        break
      case 'td_close':
        if (isFirst) token.tag = 'th'
        isFirst = false
        break
    }
    return [token]
  })
}

const opening = `<details open class="bench-table"><summary>The figures</summary>
<section class="scroll" tabindex="0" aria-label="What it costs, in figures">`

const closing = '</section></details>\n'
