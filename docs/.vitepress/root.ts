// Where things are: in the repository, at its host, and on the web.

import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The repository's folder. */
export const root = new URL('../../', import.meta.url)

const { repository } = JSON.parse(
  readFileSync(new URL('package.json', root), 'utf8'),
) as { repository: string }

const { GITHUB_SERVER_URL, GITHUB_REPOSITORY, SITE_URL } = process.env

/** The repository at its host, without a slash at the end: of a fork, the fork's. */
export const repositoryUrl =
  GITHUB_SERVER_URL && GITHUB_REPOSITORY
    ? `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}`
    : repository

/** The path below which the site is published, such as `/http-push-workbook/`. */
export const base = process.env.SITE_BASE || '/'

/** Where the site is published, with a slash at the end. */
export const siteUrl = new URL(
  SITE_URL?.replace(/\/?$/, '/') ?? pagesUrl(repositoryUrl),
)

/** `lessons/feed.ts`, with slashes on every system. */
export function pathInRepository(file: string): string {
  return relative(fileURLToPath(root), file).replaceAll('\\', '/')
}

/** Where a code host publishes the pages of a repository. */
function pagesUrl(repository: string): string {
  const [, owner, name] = /([^/]+)\/([^/]+)$/.exec(repository) ?? []
  return `https://${owner}.github.io/${name}/`
}
