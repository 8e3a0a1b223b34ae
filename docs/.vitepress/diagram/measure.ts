// How wide text gets in a font that is known only where it is read. The widths are
// those of DejaVu Sans, the widest of the fonts that systems bring along.

/** In parts of the font's size, the widest of each row's characters. */
const widths: readonly (readonly [em: number, characters: string])[] = [
  [0.28, "'ijl"],
  [0.36, ' \u{a0},.I·‘’/:;\\f|'],
  [0.42, '()-[]t!r'],
  [0.52, '"*J“”?L_csz–'],
  [0.64, '$0123456789abdeghknopquvxyFT{}•'],
  [0.76, 'ABCEHKNPRSUVXYZ'],
  [0.84, '&DGOQ#+<=>^w~×≤≥✓'],
]
const widthOfCharacter = new Map(
  widths.flatMap(([em, characters]) =>
    [...characters].map((character) => [character, em] as const),
  ),
)
/** `m`, `W`, arrows, and what the rows do not name. */
const widest = 1.1
/** Monospaced at 0.92 of the size: every character is 0.602 wide or less. */
const codeEm = 0.602 * 0.92

/** In the unit of `size`. What stands between backticks is code. */
export function widthOf(text: string, size: number): number {
  let em = 0
  text.split('`').forEach((part, index) => {
    for (const character of part)
      em += index % 2 ? codeEm : (widthOfCharacter.get(character) ?? widest)
  })
  return em * size
}

export function widestOf(lines: readonly string[], size: number): number {
  return Math.max(0, ...lines.map((line) => widthOf(line, size)))
}
