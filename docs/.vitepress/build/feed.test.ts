// What the feed of changes is made of.

import { readFile } from 'node:fs/promises'

import { describe, expect, it } from 'vitest'

import { root } from '../root.ts'
import { changesIn, feedXml } from './feed.ts'

const changelog = `# Changelog

Of things.

## [Unreleased]

### Added

- A thing that takes
  two lines.

### Fixed

- Another, of \`code\`.

## [0.1.0] - 2026-11-25

### Added

- The first <thing> & the last.

[Unreleased]: https://example.org/
`
const now = new Date('2026-12-01T00:00:00Z')

describe('changes', () => {
  it('are the entries of each version, a line each', () => {
    expect(changesIn(changelog)).toEqual([
      {
        version: 'Unreleased',
        entries: ['A thing that takes two lines.', 'Another, of `code`.'],
      },
      {
        version: '0.1.0',
        date: new Date('2026-11-25'),
        entries: ['The first <thing> & the last.'],
      },
    ])
  })

  it('are found in the changelog of the workbook', async () => {
    const text = await readFile(new URL('CHANGELOG.md', root), 'utf8')
    const changes = changesIn(text)
    expect(changes.length).toBeGreaterThan(0)
    for (const { entries } of changes) expect(entries.length).toBeGreaterThan(0)
  })
})

describe('the feed', () => {
  const about = { title: 'A site', description: 'About things.' }
  const xml = feedXml(about, changesIn(changelog), now)

  it('has an item for each version, of the day it was released', () => {
    const dates = [...xml.matchAll(/<pubDate>(.*?)<\/pubDate>/g)]
    expect(dates.map(([, date]) => date)).toEqual([
      'Tue, 01 Dec 2026 00:00:00 GMT',
      'Wed, 25 Nov 2026 00:00:00 GMT',
    ])
    expect(xml).toContain('A site 0.1.0')
  })

  it('shows the characters of an entry that mean something in HTML', () => {
    expect(xml).toContain('<li>The first &#60;thing&#62; &#38; the last.</li>')
  })
})
