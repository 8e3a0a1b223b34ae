// Text from the wire, made fit for a line of a report.

/** The width of the page, less its margin and arrows. */
const widthColumns = 100

// What a terminal would obey, what looks like nothing, and half a character.
const invisible = /[\p{Cc}\p{Cf}\u2028\u2029\p{Cs}]/gu

/** On one line: control characters made visible, the middle of long text left out. */
export function visible(text: string): string {
  return shortened(text).replace(invisible, symbol)
}

function shortened(text: string): string {
  if (text.length <= widthColumns) return text
  const kept = widthColumns / 2 - 12
  const left = (text.length - 2 * kept).toLocaleString('en')
  return `${text.slice(0, kept)} … ${left} more … ${text.slice(-kept)}`
}

/** Unicode has pictures of the first 32 and of DEL. */
function symbol(character: string): string {
  const code = character.codePointAt(0) ?? 0
  if (code < 0x20) return String.fromCodePoint(0x2400 + code)
  if (code === 0x7f) return '\u2421'
  return `\\u${code.toString(16).padStart(4, '0')}`
}
