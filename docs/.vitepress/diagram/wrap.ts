// Breaks texts into lines: as few as fit, about equally long, and rather between
// clauses than within one.

import { widestOf, widthOf } from './measure.ts'

/** What stays together in a line. */
interface Piece {
  readonly text: string
  /** What is between it and the piece before, in the same line. */
  readonly glue: '' | ' '
}

/** A word may go on in the next line after these, and before those. */
const chances = /(?<=[,/=:)}-])|(?=[?&({])/u

/** Widths are sums of parts that binary fractions do not hold. */
const rounding = 0.01

/** More than all that could be said against fewer lines. */
const costOfLine = 100
const costWithinWord = 10
const costWithinClause = 0.2

/** @returns no lines for no text */
export function wrap(text: string, size: number, width: number): string[] {
  if (text === '') return []
  const most = width + rounding
  return text
    .split('\n')
    .flatMap((paragraph) => lines(piecesOf(paragraph, size, most), size, most))
}

/** The width below which words would be torn where they offer no chance. */
export function leastWidthOf(text: string, size: number): number {
  const words = text.replaceAll('`', '').split(/\s+/)
  return widestOf(
    words.flatMap((word) => word.split(chances)),
    size,
  )
}

function piecesOf(paragraph: string, size: number, width: number): Piece[] {
  return wordsOf(paragraph).flatMap((word): Piece[] => {
    if (widthOf(word, size) <= width) return [{ text: word, glue: ' ' }]
    const parts = word
      .replaceAll('`', '')
      .split(chances)
      .flatMap((part) => (widthOf(part, size) <= width ? [part] : [...part]))
    return parts.map((text, index) => ({ text, glue: index === 0 ? ' ' : '' }))
  })
}

/** Each with all of its backticks: `a b` in code becomes `a` `b`. */
function wordsOf(paragraph: string): string[] {
  return paragraph
    .replace(/`[^`]*`/g, (code) => code.replaceAll(' ', '` `'))
    .split(' ')
}

/** For each number of pieces the best lines, made of those for fewer. */
function lines(
  pieces: readonly Piece[],
  size: number,
  width: number,
): string[] {
  const best: { cost: number; lines: readonly string[] }[] = [
    { cost: 0, lines: [] },
  ]
  for (let end = 1; end <= pieces.length; end++) {
    const next = pieces[end]
    let least = { cost: Number.POSITIVE_INFINITY, lines: [] as string[] }
    for (let start = end - 1; start >= 0; start--) {
      const line = joined(pieces.slice(start, end))
      const slack = width - widthOf(line, size)
      // A single character may be too wide, and stands there all the same.
      if (slack < 0 && start < end - 1) break
      const before = best[start]
      if (!before) break
      const ragged = (slack / width) ** 2
      const cost =
        before.cost + costOfLine + ragged + (next ? costOfBreak(line, next) : 0)
      if (cost < least.cost) least = { cost, lines: [...before.lines, line] }
    }
    best.push(least)
  }
  return [...(best.at(-1)?.lines ?? [])]
}

function joined(pieces: readonly Piece[]): string {
  return pieces
    .map(({ text, glue }, index) => (index === 0 ? text : glue + text))
    .join('')
}

function costOfBreak(line: string, next: Piece): number {
  if (next.glue === '') return costWithinWord
  return /[,.)…]$/.test(line) || next.text.startsWith('(')
    ? 0
    : costWithinClause
}
