// Does each page say something? One that could not be rendered is left empty.

import type { BuiltSite } from '../built-site.ts'

export function emptyPages({ pages }: BuiltSite): string[] {
  if (pages.length === 0)
    return ['The site must have pages, got none: see what was built.']
  return pages.flatMap(({ file, document }) => {
    const main = document.querySelector('main, [role=main]')
    if (main === null)
      return `${file} must have a <main> with the page in it, got none: see the layout of its front matter.`
    if (main.textContent.trim() === '')
      return `${file} must say something, got an empty <main>: rendering failed, see what the build printed.`
    return []
  })
}
