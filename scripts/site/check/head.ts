// Does each page say what it is to search engines, and to those who link to it?

import type { HtmlElement } from 'html-validate'

import {
  attributeOf,
  type BuiltPage,
  type BuiltSite,
  fileAt,
} from '../built-site.ts'

/** What every page must have in its head. */
const parts = {
  title: (head: HtmlElement) => head.querySelector('title')?.textContent ?? '',
  description: metaOf('name', 'description'),
  'canonical address': (head: HtmlElement) => {
    const link = head.querySelector('link[rel="canonical"]')
    return link ? attributeOf(link, 'href') : ''
  },
  'og:title': metaOf('property', 'og:title'),
  'og:description': metaOf('property', 'og:description'),
  'og:url': metaOf('property', 'og:url'),
  'og:image': metaOf('property', 'og:image'),
} as const

type Part = keyof typeof parts

/** @param siteUrl where the site is published, with a slash at the end */
export function incompleteHeads(site: BuiltSite, siteUrl: URL): string[] {
  const heads = site.pages.map((page) => ({ page, head: headOf(page) }))
  return [
    ...heads.flatMap(({ page, head }) => problemsOf(site, page, head, siteUrl)),
    ...twice(heads, 'title'),
    ...twice(heads, 'description'),
  ]
}

function problemsOf(
  site: BuiltSite,
  { file, address }: BuiltPage,
  head: Record<Part, string>,
  siteUrl: URL,
): string[] {
  const missing = Object.entries(head)
    .filter(([, value]) => value.trim() === '')
    .map(([part]) => `${file} must have a ${part} in its head, got none.`)
  const published = new URL(address.slice(1), siteUrl).href
  const wrong = (['canonical address', 'og:url'] as const)
    .filter((part) => head[part] !== '' && head[part] !== published)
    .map(
      (part) =>
        `${file} must have ${published} as its ${part}, got "${head[part]}": is SITE_URL right?`,
    )
  const image = head['og:image']
  const hasImage =
    image === '' ||
    (image.startsWith(siteUrl.href) &&
      fileAt(site, `/${image.slice(siteUrl.href.length)}`))
  if (!hasImage)
    wrong.push(
      `${file} must have a card to be linked with, got none at "${image}": make it with npm run docs:cards.`,
    )
  return [...missing, ...wrong]
}

/** Pages that cannot be told apart in a list of results. */
function twice(
  heads: readonly { page: BuiltPage; head: Record<Part, string> }[],
  part: Part,
): string[] {
  const seen = new Map<string, string>()
  return heads.flatMap(({ page, head }) => {
    const before = seen.get(head[part])
    seen.set(head[part], page.file)
    return before === undefined || head[part] === ''
      ? []
      : `${page.file} must have a ${part} of its own, got the one of ${before}: "${head[part]}".`
  })
}

function headOf({ document }: BuiltPage): Record<Part, string> {
  const head = document.querySelector('head')
  const values = Object.entries(parts).map(([part, read]) => [
    part,
    head ? read(head) : '',
  ])
  return Object.fromEntries(values)
}

function metaOf(attribute: string, name: string) {
  return (head: HtmlElement) => {
    const meta = head.querySelector(`meta[${attribute}="${name}"]`)
    return meta ? attributeOf(meta, 'content') : ''
  }
}
