// A table that scrolls in its own box says how many rows it has: the style
// sheet takes its height from that, until the browser has laid it out. And the
// box has a name of its own on its page, as a landmark must.

import type { MarkdownRenderer } from 'vitepress'

const opening = /<(?:section|div) class="scroll"/g
const named = /(<section class="scroll"[^>]*?\saria-label=")([^"]*)"/g

export function scrollBoxes(md: MarkdownRenderer): void {
  md.core.ruler.push('workbook-scroll-boxes', ({ tokens }) => {
    const seen = new Map<string, number>()
    // One text: a table of figures is many tokens, an insert is one.
    const rowsIn = tokens.map(({ type, content }) =>
      type === 'tr_open' ? '<tr' : type === 'html_block' ? content : '',
    )
    tokens.forEach((token, index) => {
      if (token.type !== 'html_block' || !token.content.includes('"scroll"'))
        return
      const { content } = token
      const after = rowsIn.slice(index + 1).join('')
      token.content = content.replace(opening, (tag, start: number) => {
        const rest = content.slice(start) + after
        const [table = ''] = rest.split('</table>', 1)
        return `${tag} style="--rows: ${table.split('<tr').length - 1}"`
      })
      token.content = token.content.replace(named, (_, head, name) => {
        const times = (seen.get(name) ?? 0) + 1
        seen.set(name, times)
        return `${head}${name}${times > 1 ? ` (${times})` : ''}"`
      })
    })
  })
}
