// The characters of a text in mermaid.

/** Mermaid's own way to write characters: `#35;` and `#quot;`. */
const names: Record<string, string> = {
  amp: '&',
  gt: '>',
  lt: '<',
  nbsp: '\u{a0}',
  quot: '"',
}

/** @returns undefined where a character stands bare that mermaid would end the text at */
export function decoded(text: string): string | undefined {
  const entity = /#(?:(?<code>\d+)|(?<name>[a-z]+));/g
  if (/[#;]/.test(text.replace(entity, ''))) return undefined
  return text.replace(entity, (whole, code, name) =>
    code ? String.fromCodePoint(Number(code)) : (names[name] ?? whole),
  )
}

/** Of a label: its line breaks are `<br>` in mermaid. */
export function clean(text = ''): string {
  return text.replace(/\s*<br\s*\/?>\s*/gi, '\n').trim()
}
