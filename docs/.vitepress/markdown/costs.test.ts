// What a write-up's section "What it costs" becomes on the site.

import { readFile } from 'node:fs/promises'

import { describe, expect, it } from 'vitest'

import { transportFolders } from '../../../lessons/index.ts'
import { root } from '../root.ts'
import { costs } from './costs.ts'
import { renderWith } from './rendering.ts'

describe.each(await transportFolders())(
  'the write-up of %s',
  async (folder) => {
    const page = `lessons/${folder}/README.md`
    const text = await readFile(new URL(page, root), 'utf8')
    const { html, includes } = await renderWith(costs, page, text)
    const start = html.indexOf('<div class="lesson-costs">')
    const [table = ''] =
      /<table>[\s\S]*?<\/table>/.exec(html.slice(start)) ?? []

    it('has charts about the lesson before its table', () => {
      const charts = html.match(/<BenchChart [\s\S]*?\/>/g) ?? []
      expect(charts.length).toBeGreaterThanOrEqual(3)
      for (const chart of charts) expect(chart).toContain(`about="${folder}"`)
      expect(html.indexOf('<BenchChart')).toBeGreaterThan(start)
      expect(html.lastIndexOf('<BenchChart')).toBeLessThan(html.indexOf(table))
    })

    it('keeps the table, whose heads say what they are the heads of', () => {
      const [, rows = ''] =
        /<!-- costs -->([\s\S]*)<!-- \/costs -->/.exec(text) ?? []
      const written = rows.split('\n').filter((line) => /^\| \*\*/.test(line))
      expect(table.match(/<th scope="row"/g)).toHaveLength(written.length)
      for (const [head] of table.matchAll(/<th[ >][^<]*/g))
        expect(head).toContain(' scope="')
      expect(html).toMatch(/<section class="scroll" tabindex="0" aria-label="/)
    })

    it('is made again when a result changes', () => {
      expect(includes).toContainEqual(expect.stringMatching(/fan-out\.json$/))
    })
  },
)

it('leaves pages that are no write-ups alone', async () => {
  const text = '<!-- costs -->\n\n| a |\n|---|\n| b |\n\n<!-- /costs -->\n'
  const { html } = await renderWith(costs, 'docs/race.md', text)
  expect(html).not.toContain('lesson-costs')
})
