// The page that this lesson is about: its server needs time to think, and says
// meanwhile what the page will need.

import { pageAssets } from '../shared/page-assets.ts'
import { Refusal } from '../shared/refusal.ts'
import type { AnyRequest, AnyResponse, Routes } from '../shared/router.ts'
import { sleep } from '../shared/sleep.ts'
import { encodePreload } from './preload.ts'

/** How long the server thinks over its page: unless `?think=` says otherwise, and at most. */
export const thinkMs = { usual: 300, most: 10_000 }

/**
 * Routes of HTTP/1.1 and of HTTP/2: Node's interface to a 103 is the same.
 *
 * @param folder the lesson's folder, as `import.meta.url` of a file in it
 * @param think what takes the time. A test may wait for something else
 */
export function hintedPage(
  folder: string,
  think = sleep,
): Routes<AnyRequest, AnyResponse> {
  const { '/': page, '/style.css': style } = pageAssets(folder)
  return {
    // #region page
    async 'GET /'(request, response, gone) {
      const { ms, hints } = wishes(request)
      if (hints && isNavigation(request))
        response.writeEarlyHints({
          link: encodePreload({ path: '/style.css', as: 'style' }),
        })
      await think(ms, gone) // The database, the template, the service behind.
      response.setHeader('content-type', page.type)
      response.end(await page.read())
    },
    // #endregion page

    // #region style
    async 'GET /style.css'(_request, response) {
      response.setHeader('content-type', style.type)
      // What no cache may keep, the page that comes later cannot use.
      response.setHeader('cache-control', 'max-age=60')
      response.end(await style.read())
    },
    // #endregion style
  }
}

// #region navigation
/**
 * Browsers take hints for a navigation, and some proxies and clients trip over
 * a 103 that nobody needs. A program that is no browser does not say.
 */
export function isNavigation({ headers }: AnyRequest): boolean {
  return (headers['sec-fetch-mode'] ?? 'navigate') === 'navigate'
}
// #endregion navigation

/** `GET /?think=500&hints=no`: half a second, and no 103. */
function wishes({ url }: AnyRequest): { ms: number; hints: boolean } {
  const query = new URLSearchParams(url?.split('?')[1])
  const think = query.get('think') ?? String(thinkMs.usual)
  const ms = /^\d{1,6}$/.test(think) ? Number(think) : Number.NaN
  if (!(ms <= thinkMs.most))
    throw new Refusal(
      400,
      `?think= takes a number of milliseconds from 0 to ${thinkMs.most}, got ${JSON.stringify(think)}.`,
    )
  return { ms, hints: query.get('hints') !== 'no' }
}
