// Links that are right at the code host are right on the site: relative ones to
// a file become links to its page, or to the file at the host.

import { existsSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

import type { MarkdownRenderer } from 'vitepress'

import { pageAddress } from '../pages.ts'
import { pathInRepository, repositoryUrl } from '../root.ts'
import { type Env, fileOf } from './env.ts'

export function links(md: MarkdownRenderer): void {
  md.core.ruler.push('workbook-links', (state) => {
    const page = fileOf(state.env as Env)
    for (const { children } of state.tokens)
      for (const token of children ?? []) {
        if (token.type !== 'link_open') continue
        const href = token.attrGet('href') ?? ''
        const address = addressOf(href, page)
        if (address !== undefined) token.attrSet('href', address)
      }
  })
}

/**
 * @param page the file in which the link stands
 * @returns undefined for a link that is good as it is, and for a dead one, which
 *   VitePress finds
 */
export function addressOf(href: string, page: string): string | undefined {
  if (href === '' || /^([a-z]+:|\/|#)/i.test(href)) return undefined
  const [path = '', hash = ''] = href.split(/(?=#)/)
  const file = resolve(dirname(page), decodeURI(path))
  if (!existsSync(file)) return undefined
  const inRepository = pathInRepository(file)
  const isOwnFolder = file === dirname(page)
  const address = isOwnFolder ? undefined : pageAddress(inRepository)
  if (address !== undefined) return address + hash
  const kind = statSync(file).isDirectory() ? 'tree' : 'blob'
  return `${repositoryUrl}/${kind}/main/${inRepository}${hash}`
}
