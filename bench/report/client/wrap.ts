// Labels of axes on several lines, where one has no room.

/**
 * Cuts a label into lines, between words.
 *
 * @param width of a line, in characters; a longer word has a line of its own
 */
export function wrap(label: string, width: number): string[] {
  const lines: string[] = []
  for (const word of label.split(' ')) {
    const longer = `${lines.at(-1) ?? ''} ${word}`.trim()
    if (lines.length > 0 && longer.length <= width) lines.splice(-1, 1, longer)
    else lines.push(word)
  }
  return lines
}
