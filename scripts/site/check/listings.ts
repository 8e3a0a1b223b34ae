// Do the lists of pages for machines hold every page, and none that is dead?

import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { type BuiltSite, fileAt } from '../built-site.ts'

/** Each with whether it lists every page. */
const listings = { 'sitemap.xml': true, 'llms.txt': true, 'feed.xml': false }

/** @param siteUrl where the site is published, with a slash at the end */
export function wrongListings(site: BuiltSite, siteUrl: URL): string[] {
  return Object.entries(listings).flatMap(([file, isComplete]) => {
    if (!site.files.has(file)) return `The site must have ${file}, got none.`
    const text = readFileSync(join(site.folder, file), 'utf8')
    const listed = new Set(
      text
        .match(/https?:\/\/[^\s<>()"'\]]+/g)
        ?.filter((address) => address.startsWith(siteUrl.href))
        .map((address) => new URL(address).href.replace(/#.*/, '')),
    )
    const dead = [...listed].filter(
      (address) => !fileAt(site, `/${address.slice(siteUrl.href.length)}`),
    )
    const missing = site.pages
      .map(({ address }) => new URL(address.slice(1), siteUrl).href)
      .filter((address) => isComplete && !listed.has(address))
    return [
      ...dead.map((one) => `${file} lists ${one}, which does not exist.`),
      ...missing.map((one) => `${file} must list ${one}, and does not.`),
    ]
  })
}
