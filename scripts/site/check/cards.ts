// Are the cards that other sites show beside a link of the size they show, light,
// and of pages that there are?

import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { cardOf } from '../../../docs/.vitepress/build/pages.ts'
import { type BuiltSite, pageOf } from '../built-site.ts'

/** As `og:image:width` and `og:image:height` say. */
const sizePx = '1200 x 630'
const mostKb = 60

/** Of the cards that are there: the head of a page tells that it has one. */
export function wrongCards(site: BuiltSite): string[] {
  const wanted = new Set(site.pages.map((page) => cardOf(pageOf(page))))
  return [...site.files]
    .filter((file) => file.startsWith('og/'))
    .flatMap((file) => {
      if (!wanted.has(file))
        return `${file} must be the card of a page, got one of none: remove it from docs/public.`
      const png = readFileSync(join(site.folder, file))
      const size = sizeOf(png)
      const kb = png.length / 1000
      return [
        size !== sizePx &&
          `${file} must be a PNG of ${sizePx} pixels, got ${size}: make it with npm run docs:cards.`,
        kb > mostKb &&
          `${file} must be at most ${mostKb} kB, got ${kb.toFixed(1)}: let the card show less.`,
      ].filter((problem) => problem !== false)
    })
}

/** Such as `1200 x 630`, which a PNG begins with (RFC 2083, 3.1 and 4.1.1). */
function sizeOf(png: Buffer): string {
  const isPng = png.length >= 24 && png.toString('latin1', 1, 4) === 'PNG'
  return isPng
    ? `${png.readUInt32BE(16)} x ${png.readUInt32BE(20)}`
    : 'another kind of file'
}
