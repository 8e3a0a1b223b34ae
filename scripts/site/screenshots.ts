// `npm run docs:screenshots`: every page in four views, for a person to look at.
import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

import { root } from '../../docs/.vitepress/root.ts'
import { launchChromium } from '../chromium.ts'
import { build } from './build.ts'
import { pageOf } from './built-site.ts'
import { serveFolder } from './serve-folder.ts'
import { look, scrollThrough, views } from './views.ts'

const folder = fileURLToPath(new URL('dist-screenshots', root))
await mkdir(folder, { recursive: true })
const site = await build()
const server = await serveFolder(site.folder)
const browser = await launchChromium()
try {
  const page = await browser.newPage()
  for (const built of site.pages) {
    await page.goto(new URL(built.address.slice(1), server.url).href)
    await scrollThrough(page)
    const name = pageOf(built).replace(/(\/index)?\.md$/, '')
    for (const view of views) {
      await look(page, view)
      const path = `${folder}/${name.replaceAll('/', '-')}-${view.name}.png`
      await page.screenshot({ path, fullPage: true })
    }
  }
} finally {
  await browser.close()
  await server.close()
}
console.log(`${site.pages.length} pages in ${views.length} views: ${folder}`)
