// Does everything that a page refers to exist: pages, anchors in them, files,
// and at the repository's host the files and lines of the working tree?

import type { HtmlElement } from 'html-validate'

import {
  attributeOf,
  type BuiltPage,
  type BuiltSite,
  fileAt,
} from '../built-site.ts'
import { problemInRepository, type Repository } from './repository.ts'

/** @param repository where its files are shown, and the folder they are in */
export function deadLinks(site: BuiltSite, repository: Repository): string[] {
  const idsOf = new Map(
    site.pages.map(({ file, document }) => [
      file,
      new Set(document.querySelectorAll('[id]').map((one) => one.id)),
    ]),
  )
  return site.pages.flatMap((page) => {
    const hrefs = new Set(page.document.querySelectorAll('*').flatMap(hrefsOf))
    return [...hrefs].flatMap((href) => {
      const why =
        problemInRepository(href, repository) ??
        problemOf(href, page, site, idsOf)
      return why === undefined ? [] : `${page.file} refers to "${href}": ${why}`
    })
  })
}

/** What an element refers to, at this site or another. */
export function hrefsOf(element: HtmlElement): string[] {
  const { tagName } = element
  const names = tagName === 'svg' ? [] : ['href', 'src', 'poster', 'xlink:href']
  const plain = names.filter((name) => element.hasAttribute(name))
  const sets = ['srcset', 'imagesrcset'].filter((name) =>
    element.hasAttribute(name),
  )
  return [
    ...plain.map((name) => attributeOf(element, name)),
    ...sets.flatMap((name) =>
      attributeOf(element, name)
        .split(',')
        .map((one) => one.trim().split(/\s/)[0] ?? ''),
    ),
  ]
}

function problemOf(
  href: string,
  page: BuiltPage,
  site: BuiltSite,
  idsOf: ReadonlyMap<string, ReadonlySet<string | null>>,
): string | undefined {
  if (href === '') return 'a link must lead somewhere, give it an address.'
  if (/^(?:https?|mailto|data):/i.test(href)) return undefined
  const here = new URL(
    site.base.replace(/\/$/, '') + page.address,
    'http://site',
  )
  const { host, hash, pathname } = new URL(href, here)
  if (host !== here.host)
    return 'it must be complete or of this site, write https: before it.'
  const path = decodeURI(pathname)
  if (!path.startsWith(site.base))
    return `on the site all is below ${site.base}, let VitePress or withBase() put that before it.`
  const inSite = path.slice(site.base.length - 1)
  const file = fileAt(site, inSite)
  if (file === undefined)
    return fileAt(site, `${inSite}/`)
      ? 'that page has a slash at its end, add it.'
      : 'there is no such page and no such file, correct it.'
  const id = decodeURIComponent(hash.slice(1))
  if (id === '' || !idsOf.has(file) || idsOf.get(file)?.has(id))
    return undefined
  return `${file} has no element with the id "${id}", correct it or the heading.`
}
