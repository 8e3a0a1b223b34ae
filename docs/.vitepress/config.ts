// The site: the repository is its source, so that a write-up is one text, at the
// code host and here.

import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { defineConfig, type PageData } from 'vitepress'

import { changesIn, feedXml } from './build/feed.ts'
import { headOf } from './build/head.ts'
import { leadOf } from './build/lead.ts'
import { llmsText } from './build/llms.ts'
import { code } from './markdown/code.ts'
import { costs } from './markdown/costs.ts'
import { diagrams } from './markdown/diagrams.ts'
import { figuresIn } from './markdown/figures.ts'
import { insertsIn } from './markdown/inserts.ts'
import { lesson } from './markdown/lesson.ts'
import { links } from './markdown/links.ts'
import { predictions } from './markdown/predictions.ts'
import { scenarioFigures } from './markdown/scenario-figures.ts'
import { scrollBoxes } from './markdown/scroll-boxes.ts'
import { searchedText } from './markdown/search.ts'
import { tables } from './markdown/tables.ts'
import { navigation, sidebar } from './navigation.ts'
import { notPages, rewrites } from './pages.ts'
import { charts } from './plugins/charts.ts'
import { control } from './plugins/control.ts'
import { icon } from './plugins/icon.ts'
import { ownRun } from './plugins/own-run.ts'
import { results } from './plugins/results.ts'
import { base, repositoryUrl, root, siteUrl } from './root.ts'
import { lessons, practices } from './workbook.ts'

const title = 'HTTP Push Workbook'

const description =
  'How a server gets data to a client: every transport, run, broken, measured and compared.'

const sourceIcon =
  '<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"><path d="M8 7l-5 5 5 5M16 7l5 5-5 5M13.5 4l-3 16"/></svg>'

/** Those that were built, for the list of them. */
const pages = new Map<string, PageData>()

export default defineConfig({
  title,
  description,
  lang: 'en',
  base,
  srcDir: fileURLToPath(root),
  srcExclude: notPages,
  rewrites,
  outDir: fileURLToPath(new URL('dist-site', root)),
  cleanUrls: true,
  metaChunk: true,
  // A copy of the files without history has no dates.
  lastUpdated: existsSync(new URL('.git', root)),
  head: [
    [
      'link',
      { rel: 'icon', href: `${base}favicon.svg`, type: 'image/svg+xml' },
    ],
    [
      'link',
      {
        rel: 'alternate',
        type: 'application/rss+xml',
        title: 'Changes',
        href: `${base}feed.xml`,
      },
    ],
  ],
  sitemap: { hostname: siteUrl.href },
  // A page is described by what it begins with, unless it says otherwise.
  transformPageData(page) {
    const { filePath, frontmatter } = page
    page.description =
      frontmatter.description ?? leadOf(fileURLToPath(new URL(filePath, root)))
    pages.set(page.relativePath, page)
  },
  transformHead: headOf,
  async buildEnd({ outDir }) {
    const changelog = await readFile(new URL('CHANGELOG.md', root), 'utf8')
    const feed = feedXml(
      { title, description },
      changesIn(changelog),
      new Date(),
    )
    const list = llmsText(title, description, [...pages.values()])
    await writeFile(join(outDir, 'feed.xml'), feed)
    await writeFile(join(outDir, 'llms.txt'), list)
  },
  markdown: {
    // VitePress 1.6.4 would not see that code shown in a page has changed.
    cache: false,
    // Its default themes have too little contrast (WCAG 2.2, 1.4.3).
    theme: {
      light: 'github-light-high-contrast',
      dark: 'github-dark-high-contrast',
    },
    config(md) {
      lesson(md)
      predictions(md)
      links(md)
      code(md)
      diagrams(md)
      insertsIn(md)
      costs(md)
      scenarioFigures(md)
      figuresIn(md)
      tables(md)
      scrollBoxes(md)
    },
  },
  themeConfig: {
    nav: navigation([...lessons, ...practices]),
    sidebar: sidebar([...lessons, ...practices]),
    outline: [2, 3],
    notFound: {
      title: 'There is no such page',
      quote:
        'It may have moved. The search at the top knows every page, and the lessons begin with 01.',
      linkText: 'To the lessons',
      linkLabel: 'To the lessons',
    },
    search: { provider: 'local', options: { _render: searchedText } },
    socialLinks: [
      // Named icons would come from another host while the site is written.
      { icon: { svg: sourceIcon }, link: repositoryUrl, ariaLabel: 'Source' },
    ],
    editLink: {
      pattern: `${repositoryUrl}/edit/main/:path`,
      text: 'Edit this page',
    },
  },
  vite: {
    publicDir: fileURLToPath(new URL('docs/public', root)),
    server: {
      host: '127.0.0.1',
      strictPort: true,
      // A build beside it is no edit.
      // The home page is what is opened first: its modules while nobody asks yet.
      warmup: {
        clientFiles: [
          'docs/index.md',
          'docs/.vitepress/theme/index.ts',
          'docs/.vitepress/theme/components/TransportRace.vue',
        ].map((file) => fileURLToPath(new URL(file, root))),
      },
      watch: { ignored: ['**/dist-site/**', '**/dist-screenshots/**'] },
    },
    worker: { format: 'es' },
    // Pages with every figure as a table are long; compressed they are not.
    build: { chunkSizeWarningLimit: 1_000 },
    plugins: [
      control(base),
      icon(`${base}favicon.svg`),
      charts(base),
      results(base),
      ownRun(),
    ],
  },
})
