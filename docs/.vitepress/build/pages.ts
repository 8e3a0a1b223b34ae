// A page's address where the site is published, and the file of its card.

import { siteUrl } from '../root.ts'

/** @param page on the site, such as `lessons/04-server-sent-events/index.md` */
export function addressOnSite(page: string): string {
  const path = page.replace(/(?:(^|\/)index)?\.md$/, '$1')
  return new URL(path, siteUrl).href
}

/** Below the site's address: `og/lessons-04-server-sent-events.png`. */
export function cardOf(page: string): string {
  const name = page.replace(/(\/index)?\.md$/, '').replaceAll('/', '-')
  return `og/${name}.png`
}
