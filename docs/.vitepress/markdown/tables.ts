// The corner of a table that heads nothing is no heading.

import type { MarkdownRenderer } from 'vitepress'

export function tables(md: MarkdownRenderer): void {
  md.core.ruler.push('workbook-tables', ({ tokens }) => {
    tokens.forEach((token, index) => {
      const close = tokens[index + 2]
      const isEmpty = tokens[index + 1]?.content === ''
      if (token.type !== 'th_open' || !isEmpty || !close) return
      token.tag = 'td'
      token.attrs = token.attrs?.filter(([name]) => name !== 'scope') ?? null
      close.tag = 'td'
    })
  })
}
