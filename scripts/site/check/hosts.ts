// Does a page load anything from another host? It must not: it would work
// without a network no more, and tell others who reads what.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import type { HtmlElement } from 'html-validate'

import { attributeOf, type BuiltSite } from '../built-site.ts'
import { hrefsOf } from './links.ts'

/** Links of a page's head that a browser follows by itself. */
const loaded =
  /\b(?:stylesheet|preload|modulepreload|prefetch|preconnect|dns-prefetch|icon|apple-touch-icon|manifest)\b/

const isElsewhere = (address: string) => /^(?:[a-z]+:)?\/\//i.test(address)

export function otherHosts({ folder, files, pages }: BuiltSite): string[] {
  const inPages = pages.flatMap(({ file, document }) =>
    document
      .querySelectorAll('*')
      .flatMap((element) => [
        ...(isLoaded(element) ? hrefsOf(element) : []),
        ...addressesInCss(attributeOf(element, 'style')),
        ...(element.is('style') ? addressesInCss(element.textContent) : []),
      ])
      .filter(isElsewhere)
      .map((address) => sentence(file, address)),
  )
  const inSheets = [...files]
    .filter((file) => /\.(?:css|svg)$/.test(file))
    .flatMap((file) =>
      addressesInCss(readFileSync(join(folder, file), 'utf8'))
        .filter(isElsewhere)
        .map((address) => sentence(file, address)),
    )
  return [...inPages, ...inSheets]
}

function isLoaded(element: HtmlElement): boolean {
  return element.is('link')
    ? loaded.test(attributeOf(element, 'rel'))
    : !element.is('a') && !element.is('area')
}

function addressesInCss(css: string): string[] {
  const found = css.matchAll(
    /(?:url\(|@import)\s*["']?(?<address>[^"')\s;]+)/gi,
  )
  return [...found].map(({ groups }) => groups?.address ?? '')
}

function sentence(file: string, address: string): string {
  return `${file} must load nothing from another host, got "${address}": put it into docs/public, or link to it.`
}
