// The sentence that a page begins with: what it is about.

import { readFileSync } from 'node:fs'

/**
 * The first paragraph below the title, as plain text.
 *
 * @param file of the page, Markdown
 * @returns undefined when it begins with something else
 */
export function leadOf(file: string): string | undefined {
  const text = readFileSync(file, 'utf8').replace(/^---\n[\s\S]*?\n---\n/, '')
  const [, paragraph] = /^# .+\n+((?:[^\n]+\n)+)/m.exec(`${text}\n`) ?? []
  if (paragraph === undefined || /^[<`|#>-]/.test(paragraph)) return undefined
  return paragraph
    .trim()
    .replace(/\n/g, ' ')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[*_`]/g, '')
}
