// `llms.txt`: every page with a sentence about it, for readers that are no
// people (https://llmstxt.org).

import type { PageData } from 'vitepress'

import { addressOnSite } from './pages.ts'

type Page = Pick<PageData, 'relativePath' | 'title' | 'description'>

/** @param about the site, in a sentence */
export function llmsText(
  title: string,
  about: string,
  pages: readonly Page[],
): string {
  const isLesson = ({ relativePath }: Page) =>
    relativePath.startsWith('lessons/')
  const sorted = pages.toSorted((a, b) =>
    a.relativePath.localeCompare(b.relativePath),
  )
  return `# ${title}

> ${about}

## Lessons

${sorted.filter(isLesson).map(line).join('\n')}

## Pages

${sorted
  .filter((page) => !isLesson(page))
  .map(line)
  .join('\n')}
`
}

function line({ relativePath, title, description }: Page): string {
  return `- [${title}](${addressOnSite(relativePath)}): ${description}`
}
