// The site: the repository is its source, so that a write-up is one text, at the
// code host and here.

import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import { defineConfig } from 'vitepress'
import { code } from './markdown/code.ts'
import { insertsIn } from './markdown/inserts.ts'
import { lesson } from './markdown/lesson.ts'
import { links } from './markdown/links.ts'
import { navigation, sidebar } from './navigation.ts'
import { notPages, rewrites } from './pages.ts'
import { control } from './plugins/control.ts'
import { base, repositoryUrl, root, siteUrl } from './root.ts'
import { lessons } from './workbook.ts'

const description =
  'How a server gets data to a client: every transport, run, broken, measured and compared.'

const sourceIcon =
  '<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"><path d="M8 7l-5 5 5 5M16 7l5 5-5 5M13.5 4l-3 16"/></svg>'

export default defineConfig({
  title: 'HTTP Push Workbook',
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
  sitemap: { hostname: siteUrl.href },
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
      links(md)
      code(md)
      insertsIn(md)
    },
  },
  themeConfig: {
    nav: navigation(lessons),
    sidebar: sidebar(lessons),
    outline: [2, 3],
    search: { provider: 'local' },
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
    server: { host: '127.0.0.1', strictPort: true },
    worker: { format: 'es' },
    plugins: [control(base)],
  },
})
