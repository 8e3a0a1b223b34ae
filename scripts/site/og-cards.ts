// `npm run docs:cards`: the picture that other sites show beside a link to a
// page, made in a browser and committed, so that building takes none.
import { mkdir, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { html } from '../../bench/report/html.ts'
import { identifyTransports } from '../../bench/report/identity.ts'
import { cardOf } from '../../docs/.vitepress/build/pages.ts'
import { root } from '../../docs/.vitepress/root.ts'
import { loadLessons, loadPractices } from '../../lessons/index.ts'
import { launchChromium } from '../chromium.ts'
import { build } from './build.ts'
import { pageOf, titleOf } from './built-site.ts'

const transports = await loadLessons()
const lessons = [...transports, ...(await loadPractices())]
const looks = identifyTransports(transports.map(({ title }) => title))
const folder = new URL('docs/public/', root)
const site = await build()
const browser = await launchChromium()
try {
  const page = await browser.newPage({
    viewport: { width: 1200, height: 630 },
  })
  for (const built of site.pages) {
    const file = new URL(cardOf(pageOf(built)), folder)
    await mkdir(new URL('.', file), { recursive: true })
    await page.setContent(card(titleOf(built), pageOf(built)))
    await writeFile(file, await page.screenshot({ type: 'png' }))
    console.log(fileURLToPath(file))
  }
} finally {
  await browser.close()
}

/** No figures: they would be of the day on which the card was made. */
function card(title: string, page: string): string {
  const lesson = lessons.find(({ folder }) => page.includes(folder))
  const colour = (lesson && looks.get(lesson.title)?.colour) ?? 'rgb(31 95 191)'
  const { text } = html`<!doctype html>
<style>
  body { align-content: center; background: #fff; border-left: 40px solid ${colour};
    box-sizing: border-box; color: #20242b; display: grid; font-family: system-ui,
    sans-serif; gap: 28px; height: 630px; margin: 0; padding: 0 90px; width: 1200px }
  p { color: #5f6673; font-size: 36px; margin: 0 }
  h1 { font-size: 84px; letter-spacing: -.02em; line-height: 1.1; margin: 0 }
</style>
<p>HTTP Push Workbook</p>
<h1>${lesson ? lesson.title : title}</h1>
<p>${lesson ? `Lesson ${lesson.number}: run it, break it, measure it` : 'How a server gets data to a client'}</p>`
  return text
}
