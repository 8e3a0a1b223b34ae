// Are links to the repository at its host right, as the working tree says?

import { existsSync, readFileSync, statSync } from 'node:fs'

/** Where the repository is shown, and where its files are. */
export interface Repository {
  /** At its host, without a slash at the end. */
  readonly url: string
  readonly root: URL
}

/**
 * Of a link to a file, a folder or lines of the main branch.
 *
 * @returns undefined for a link that is right, or leads anywhere else
 */
export function problemInRepository(
  href: string,
  { url, root }: Repository,
): string | undefined {
  if (!href.startsWith(`${url}/`)) return undefined
  const { pathname, hash } = new URL(href)
  const [kind, branch, ...names] = pathname
    .slice(new URL(url).pathname.length + 1)
    .split('/')
  if (!['blob', 'tree', 'edit', 'raw'].includes(kind ?? '')) return undefined
  if (branch !== 'main') return 'it must lead to the branch main.'
  const path = decodeURI(names.join('/'))
  const file = new URL(path, root)
  if (!existsSync(file)) return `the repository has no ${path}, correct it.`
  const isFolder = statSync(file).isDirectory()
  if (isFolder !== (kind === 'tree'))
    return `${path} is a ${isFolder ? 'folder' : 'file'}, link to ${isFolder ? 'tree' : 'blob'}/main/${path}.`
  const lines = hash.match(/(?<=L)\d+/g)?.map(Number) ?? []
  if (lines.length === 0 || isFolder) return undefined
  const count = readFileSync(file, 'utf8').trimEnd().split('\n').length
  return lines.some((line) => line < 1 || line > count)
    ? `${path} has ${count} lines, correct ${hash}.`
    : undefined
}
