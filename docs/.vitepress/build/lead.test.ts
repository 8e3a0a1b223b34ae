// What a page begins with, as plain text.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, it, onTestFinished } from 'vitest'

import { leadOf } from './lead.ts'

it.each([
  [
    'one paragraph',
    '# A\n\nIt says\na thing.\n\nAnd more.\n',
    'It says a thing.',
  ],
  ['front matter before', '---\nlayout: page\n---\n\n# A\n\nYes.\n', 'Yes.'],
  ['no line at its end', '# A\n\nYes.', 'Yes.'],
  [
    'Markdown in it',
    '# A\n\nA **bold** [link](b.md) to `code`.\n',
    'A bold link to code.',
  ],
])('is the first paragraph: %s', (_, text, lead) => {
  expect(leadOf(fileOf(text))).toBe(lead)
})

it.each([
  ['a table', '# A\n\n| a | b |\n| - | - |\n'],
  ['a list', '# A\n\n- a\n'],
  ['code', '# A\n\n```sh\nnpm start\n```\n'],
  ['an insert', '# A\n\n<!-- insert legend -->\n'],
  ['a section', '# A\n\n## B\n\nNo.\n'],
  ['nothing', '# A\n'],
])('is none of a page that begins with %s', (_, text) => {
  expect(leadOf(fileOf(text))).toBeUndefined()
})

/** The path of a page with this text. */
function fileOf(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'workbook-lead-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'page.md')
  writeFileSync(file, text)
  return file
}
