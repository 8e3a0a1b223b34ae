// Do the scripts of a page stay light? In kB of 1000 bytes, gzipped.

import type { BuiltPage, BuiltSite } from '../built-site.ts'
import { type Scripts, scriptsOf } from './scripts.ts'

/** The most that may be loaded. */
export const budgetKb = {
  /** What every page loads. */
  shell: 66,
  /** All that any page loads by itself. */
  page: 75,
  /** One file that is loaded when it is needed, such as the charts'. */
  chunk: 62,
} as const

/** Loaded when somebody searches; grows with the text of the site. */
const isSearchIndex = (file: string) => file.includes('localSearchIndex')

export function overBudget(site: BuiltSite): string[] {
  const { shell, pages, chunks } = weigh(site)
  const over = (what: string, kb: number, limit: number) =>
    kb > limit
      ? `${what} must be at most ${limit} kB of gzipped scripts, got ${kb.toFixed(1)}: load something later, or less.`
      : []
  return [
    over('What every page loads', shell, budgetKb.shell),
    ...pages.map(({ file, kb }) => over(file, kb, budgetKb.page)),
    ...chunks
      .filter(({ file }) => !isSearchIndex(file))
      .map(({ file, kb }) => over(file, kb, budgetKb.chunk)),
  ].flat()
}

/** Lines that tell what the scripts weigh, the heaviest first. */
export function budgetOf(site: BuiltSite): string[] {
  const { shell, pages, chunks } = weigh(site)
  const line = (kb: number, what: string) =>
    `${kb.toFixed(1).padStart(7)}  ${what}`
  return [
    'kB of scripts, gzipped:',
    line(shell, 'every page'),
    ...pages.slice(0, 3).map(({ file, kb }) => line(kb, `all of ${file}`)),
    ...chunks.slice(0, 3).map(({ file, kb }) => line(kb, `later, ${file}`)),
  ]
}

function weigh(site: BuiltSite) {
  const scripts = scriptsOf(site)
  const loads = site.pages.map((page) => ({
    page,
    files: scripts.loadedBy(page),
  }))
  const everywhere = [...(loads[0]?.files ?? [])].filter((file) =>
    loads.every(({ files }) => files.has(file)),
  )
  const atOnce = new Set(loads.flatMap(({ files }) => [...files]))
  return {
    shell: kbOf(everywhere, scripts),
    pages: loads
      .map(({ page, files }) => weighed(page, [...files], scripts))
      .sort((a, b) => b.kb - a.kb),
    chunks: [...scripts.gzippedBytes.keys()]
      // A page's whole text, loaded when one goes there, is not in its HTML
      // once more: VitePress has a lean variant for those who come directly.
      .filter((file) => !atOnce.has(file))
      .map((file) => ({ file, kb: kbOf([file], scripts) }))
      .sort((a, b) => b.kb - a.kb),
  }
}

function weighed({ file }: BuiltPage, files: string[], scripts: Scripts) {
  return { file, kb: kbOf(files, scripts) }
}

function kbOf(files: readonly string[], { gzippedBytes }: Scripts): number {
  const bytes = files.map((file) => gzippedBytes.get(file) ?? 0)
  return bytes.reduce((sum, one) => sum + one, 0) / 1000
}
