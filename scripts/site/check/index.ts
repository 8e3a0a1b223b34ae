// All that must hold for the built site.

import { repositoryUrl, root, siteUrl } from '../../../docs/.vitepress/root.ts'
import type { BuiltSite } from '../built-site.ts'
import { overBudget } from './budget.ts'
import { wrongCards } from './cards.ts'
import { incompleteHeads } from './head.ts'
import { otherHosts } from './hosts.ts'
import { invalidHtml } from './html.ts'
import { deadLinks } from './links.ts'
import { wrongListings } from './listings.ts'
import { emptyPages } from './pages.ts'

/** Each returns sentences that say what is wrong. */
export const checks: Readonly<Record<string, (site: BuiltSite) => string[]>> = {
  'every page says something': emptyPages,
  'every link leads somewhere': (site) =>
    deadLinks(site, { url: repositoryUrl, root }),
  'nothing is loaded from another host': otherHosts,
  'scripts stay within their budget': overBudget,
  'the HTML is valid': invalidHtml,
  'every page has a title, a description, an address and a card': (site) =>
    incompleteHeads(site, siteUrl),
  'every card has its size, and its page': wrongCards,
  'the lists for machines hold every page': (site) =>
    wrongListings(site, siteUrl),
}

export function problemsOf(site: BuiltSite): string[] {
  return Object.values(checks).flatMap((check) => check(site))
}
