// What the site adds to a write-up.

import { readFile } from 'node:fs/promises'

import { describe, expect, it } from 'vitest'

import { lessonFolders, transportFolders } from '../../../lessons/index.ts'
import { root } from '../root.ts'
import { lesson } from './lesson.ts'
import { renderWith } from './rendering.ts'

const folders = await lessonFolders()

describe.each(await transportFolders())('the write-up of %s', (folder) => {
  const page = `lessons/${folder}/README.md`

  it('has the panel of its exercise at the end of that section', async () => {
    const text = await readFile(new URL(page, root), 'utf8')
    const { html } = await renderWith(lesson, page, text)
    const [, section = ''] = /id="exercise".*?<\/h2>(.*?)<h2/s.exec(html) ?? []
    const number = Number(folder.slice(0, 2))
    expect(section).toMatch(
      new RegExp(
        `<ExercisePanel :number="${number}" :steps="\\[[^"]+\\]" />\\s*$`,
      ),
    )
  })

  it('has its live panel below "Run it", and a way to it at the top', async () => {
    const text = await readFile(new URL(page, root), 'utf8')
    const { html } = await renderWith(lesson, page, text)
    expect(html).toMatch(
      new RegExp(`id="run-it"[^]*?</h2>\\s*<LivePanel lesson="${folder}" />`),
    )
    const strip = html.indexOf('class="lesson-strip"')
    expect(strip).toBeGreaterThan(html.indexOf('</h1>'))
    expect(strip).toBeLessThan(html.indexOf('<h2'))
    expect(html).toContain(
      `Lesson ${Number(folder.slice(0, 2))} of ${folders.length}`,
    )
  })
})

it('fails on a write-up without the section', async () => {
  await expect(
    renderWith(lesson, `lessons/${folders[0]}/README.md`, '# Title\n\nText.\n'),
  ).rejects.toThrow(/must have a section "Run it"/)
})

it('leaves other pages alone', async () => {
  const { html } = await renderWith(lesson, 'docs/race.md', '# Run it\n')
  expect(html).not.toContain('LivePanel')
})
