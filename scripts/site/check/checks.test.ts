// Each check of the built site finds the fault that it is for.

import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { describe, expect, it, onTestFinished } from 'vitest'

import { type BuiltSite, readSite } from '../built-site.ts'
import { overBudget } from './budget.ts'
import { wrongCards } from './cards.ts'
import { incompleteHeads } from './head.ts'
import { otherHosts } from './hosts.ts'
import { invalidHtml } from './html.ts'
import { deadLinks } from './links.ts'
import { wrongListings } from './listings.ts'
import { problemsInLog } from './log.ts'
import { emptyPages } from './pages.ts'

const siteUrl = new URL('https://site.example/')
const repository = {
  url: 'https://host.example/owner/name',
  root: new URL('../../../', import.meta.url),
}

function page(main: string, head = ''): string {
  return `<!DOCTYPE html><html lang="en"><head><title>A page</title>${head}</head><body><main>${main}</main></body></html>`
}

/** A site of these files. */
async function siteOf(
  files: Record<string, string | Buffer>,
): Promise<BuiltSite> {
  const folder = mkdtempSync(join(tmpdir(), 'workbook-check-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const [name, text] of Object.entries(files)) {
    const file = join(folder, name)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, text)
  }
  return readSite(folder, '/')
}

/** The beginning of a PNG of a card's size, and so many bytes in all. */
function picture(bytes: number): Buffer {
  const png = Buffer.alloc(bytes)
  png.write('\x89PNG\r\n\x1a\n', 'latin1')
  png.writeUInt32BE(1200, 16)
  png.writeUInt32BE(630, 20)
  return png
}

const links = async (href: string, files: Record<string, string> = {}) =>
  deadLinks(
    await siteOf({ 'index.html': page(`<a href="${href}">a</a>`), ...files }),
    repository,
  )

describe('a link', () => {
  const other = { 'other.html': page('<h2 id="there">There</h2>') }

  it('to a page, an anchor, a file and another host is fine', async () => {
    expect(await links('/other#there', other)).toEqual([])
    expect(await links('other', other)).toEqual([])
    expect(await links('/a.json', { 'a.json': '{}' })).toEqual([])
    expect(await links('https://example.org/')).toEqual([])
  })

  it.each([
    ['/nowhere', 'there is no such page and no such file, correct it.'],
    ['/other#nowhere', 'other.html has no element with the id "nowhere"'],
    ['', 'a link must lead somewhere'],
    [`${repository.url}/blob/main/nothing.ts`, 'has no nothing.ts'],
    [`${repository.url}/blob/main/package.json#L9999`, 'lines, correct #L9999'],
    [`${repository.url}/blob/main/lessons`, 'lessons is a folder'],
    [`${repository.url}/blob/old/package.json`, 'the branch main'],
  ])('to "%s" is not', async (href, why) => {
    expect(await links(href, other)).toEqual([expect.stringContaining(why)])
  })
})

it('finds a page that was left empty, and one without <main>', async () => {
  const site = await siteOf({
    'a.html': page(' '),
    'b.html': '<!DOCTYPE html><html lang="en"><body>b</body></html>',
  })
  expect(emptyPages(site)).toEqual([
    expect.stringMatching(/^a\.html must say something/),
    expect.stringMatching(/^b\.html must have a <main>/),
  ])
})

it('finds a site without pages', async () => {
  expect(emptyPages(await siteOf({ 'a.txt': 'a' }))).toHaveLength(1)
})

describe('what is loaded from another host', () => {
  it.each([
    ['a script', '<script src="https://cdn.example/a.js"></script>'],
    ['an image', '<img src="//cdn.example/a.png" alt="">'],
    ['a style', '<p style="background:url(https://cdn.example/a.png)">a</p>'],
  ])('is found: %s', async (_, html) => {
    const site = await siteOf({ 'index.html': page(html) })
    expect(otherHosts(site)).toEqual([
      expect.stringMatching(/must load nothing from another host/),
    ])
  })

  it('is found in the head and in a style sheet', async () => {
    const head = '<link rel="preconnect" href="https://cdn.example">'
    const site = await siteOf({
      'index.html': page('a', head),
      'a.css': '@import "https://fonts.example/a.css";',
    })
    expect(otherHosts(site)).toHaveLength(2)
  })

  it('is not a link that somebody may follow', async () => {
    const link = '<a href="https://example.org/">a</a>'
    const site = await siteOf({ 'index.html': page(link) })
    expect(otherHosts(site)).toEqual([])
  })
})

describe('too many scripts', () => {
  const app = '<script type="module" src="/app.js"></script>'
  const heavy = 'import { a } from "./heavy.js"; console.log(a)'

  it('are found on a page, with those that others import', async () => {
    const site = await siteOf({
      'index.html': page('a', app),
      'other.html': page('a'),
      'app.js': heavy,
      'heavy.js': weighing(80_000),
    })
    expect(overBudget(site)).toEqual([
      expect.stringMatching(/^index\.html must be at most 75 kB/),
    ])
  })

  it('are found on every page', async () => {
    const site = await siteOf({
      'index.html': page('a', app),
      'other.html': page('a', app),
      'app.js': heavy,
      'heavy.js': weighing(70_000),
    })
    expect(overBudget(site)).toEqual([
      expect.stringMatching(/^What every page loads must be at most 66 kB/),
    ])
  })

  it('are found in one that is loaded later, and not before', async () => {
    const site = await siteOf({
      'index.html': page('a', app),
      'app.js': 'import("./heavy.js").then(console.log)',
      'heavy.js': weighing(64_000),
    })
    expect(overBudget(site)).toEqual([
      expect.stringMatching(/^heavy\.js must be at most 62 kB/),
    ])
  })

  /** A module of about so many bytes, compressed: of random ones, since others would weigh nothing. */
  function weighing(bytes: number): string {
    return `export const a = "${randomBytes(bytes).toString('base64')}"`
  }
})

it('finds HTML that is not valid', async () => {
  const site = await siteOf({ 'index.html': page('<p><div>a</div></p>') })
  expect(invalidHtml(site)[0]).toMatch(/^index\.html:1:\d+ must be valid HTML/)
})

it('finds a head that says too little', async () => {
  const site = await siteOf({ 'index.html': page('a') })
  const found = incompleteHeads(site, siteUrl).join('\n')
  for (const part of ['description', 'canonical address', 'og:image'])
    expect(found).toContain(`index.html must have a ${part} in its head`)
})

it('finds two pages with one title', async () => {
  const site = await siteOf({ 'a.html': page('a'), 'b.html': page('b') })
  expect(incompleteHeads(site, siteUrl).join('\n')).toContain(
    'b.html must have a title of its own, got the one of a.html',
  )
})

it('finds a card of no page, of another size, and one that is heavy', async () => {
  const site = await siteOf({
    'index.html': page('a'),
    'a.html': page('a'),
    'og/gone.png': 'a',
    'og/index.png': 'no picture',
    'og/a.png': picture(60_100),
  })
  expect(wrongCards(site)).toEqual([
    'og/a.png must be at most 60 kB, got 60.1: let the card show less.',
    'og/gone.png must be the card of a page, got one of none: remove it from docs/public.',
    'og/index.png must be a PNG of 1200 x 630 pixels, got another kind of file: make it with npm run docs:cards.',
  ])
})

it('finds lists that miss a page or name a dead one', async () => {
  const site = await siteOf({
    'a.html': page('a'),
    'sitemap.xml': `<loc>${siteUrl}gone</loc>`,
    'llms.txt': `${siteUrl}a`,
  })
  expect(wrongListings(site, siteUrl)).toEqual([
    `sitemap.xml lists ${siteUrl}gone, which does not exist.`,
    `sitemap.xml must list ${siteUrl}a, and does not.`,
    'The site must have feed.xml, got none.',
  ])
})

describe('what VitePress printed', () => {
  it.each([
    'TypeError: Cannot read properties of undefined',
    '[Vue warn]: Failed to resolve component: Nothing',
    '(!) Some chunks are larger than 500 kB',
    "The language 'nothing' is not loaded, falling back to 'txt'",
  ])('tells of a fault: %s', (line) => {
    expect(problemsInLog(`fine\n${line}\n`)).toHaveLength(1)
  })

  it('tells of none when all went well', () => {
    expect(
      problemsInLog('✓ rendering pages...\nbuild complete in 10.93s.'),
    ).toEqual([])
  })
})
