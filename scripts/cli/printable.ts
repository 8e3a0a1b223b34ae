// Text from elsewhere, made fit for a line of a terminal.

/** A screen full; `--json` has it all. */
const maxLength = 2_000

// Control characters could move the cursor and rewrite what was printed; line
// separators and marks of direction could make a line look like another.
const unprintable = /[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu

/** `text` on one line, without anything that a terminal would obey. */
export function printable(text: string): string {
  const shown = text.slice(0, maxLength).replace(unprintable, escapeCode)
  const rest = text.length - maxLength
  return rest > 0 ? `${shown}… and ${rest} characters more` : shown
}

function escapeCode(character: string): string {
  if (character === '\n') return '\\n'
  if (character === '\r') return '\\r'
  if (character === '\t') return '\\t'
  const code = character.charCodeAt(0).toString(16).padStart(4, '0')
  return `\\u${code}`
}
