// The page that VitePress serves before its scripts run has no icon yet, and a
// browser then asks for one that is not there.

import type { Plugin } from './plugin.ts'

export function icon(href: string): Plugin {
  return {
    name: 'workbook-icon',
    apply: 'serve',
    transformIndexHtml: () => [{ tag: 'link', attrs: { rel: 'icon', href } }],
  }
}
