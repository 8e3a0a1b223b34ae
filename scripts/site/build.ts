// Builds the static site, and does not take VitePress's word for it.

import { fileURLToPath } from 'node:url'

import { base, root } from '../../docs/.vitepress/root.ts'
import { runChild } from '../child.ts'
import { type BuiltSite, readSite } from './built-site.ts'
import { budgetOf } from './check/budget.ts'
import { problemsOf } from './check/index.ts'
import { problemsInLog } from './check/log.ts'

/** How the site is built. */
export interface BuildOptions {
  /** The folder that is emptied and filled. */
  readonly folder?: string
  /** The path below which the site will be published, with a slash at each end. */
  readonly base?: string
  readonly signal?: AbortSignal
}

const program = fileURLToPath(new URL('vitepress.ts', import.meta.url))
const defaultFolder = fileURLToPath(new URL('dist-site', root))

/**
 * Builds the site and prints what its pages weigh.
 *
 * @throws Error that says, a sentence each, what is wrong with the built site
 */
export async function buildSite(options: BuildOptions = {}): Promise<void> {
  const site = await build(options)
  const problems = problemsOf(site)
  if (problems.length > 0) throw new Error(problems.join('\n'))
  console.log(`${site.pages.length} pages in ${site.folder}`)
  for (const line of budgetOf(site)) console.log(line)
}

/**
 * Only builds: whoever calls checks the site.
 *
 * @throws Error when VitePress failed, or printed that something is wrong
 */
export async function build({
  folder = defaultFolder,
  base: below = base,
  signal,
}: BuildOptions = {}): Promise<BuiltSite> {
  const { code, output } = await runChild(
    process.execPath,
    ['--import', 'tsx', program, folder],
    {
      quiet: true,
      signal,
      // The tests that call this have an environment of their own.
      env: { SITE_BASE: below, NODE_ENV: 'production', FORCE_COLOR: '0' },
    },
  )
  const problems = problemsInLog(output)
  if (code !== 0 || problems.length > 0) {
    const [first = `VitePress ended with code ${code}.`] = problems
    throw new Error(`${first}\n\nVitePress printed:\n${output.trim()}`)
  }
  return readSite(folder, below)
}
