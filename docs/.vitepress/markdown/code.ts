// Code that a write-up shows by region, `<!-- region server.ts#push -->` before
// a fence: read from the file at each rendering, with a caption that leads to it.

import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

import type { MarkdownRenderer } from 'vitepress'

import { regionOf } from '../../../scripts/regions.ts'
import { pathInRepository, repositoryUrl } from '../root.ts'
import { type Env, fileOf } from './env.ts'

const mark = /^<!-- region (?<file>[\w./-]+?)(?:#(?<name>[\w-]+))? -->\s*$/

/** @throws Error while rendering, when the file has no such region */
export function code(md: MarkdownRenderer): void {
  md.core.ruler.push('workbook-code', (state) => {
    const env: Env = state.env
    state.tokens.forEach((token, index) => {
      const found = token.type === 'html_block' && mark.exec(token.content)
      const fence = state.tokens[index + 1]
      if (!found || fence?.type !== 'fence') return
      const { file = '', name } = found.groups ?? {}
      const path = resolve(dirname(fileOf(env)), file)
      const source = readFileSync(path, 'utf8')
      env.includes?.push(path)
      fence.content = regionOf(source, name, file)
      token.content = caption(pathInRepository(path), lineOf(source, name))
    })
  })
}

/** Of the region's first line, from 1. */
function lineOf(source: string, name: string | undefined): number {
  if (name === undefined) return 1
  const lines = source.split('\n')
  return lines.findIndex((line) => line.trim() === `// #region ${name}`) + 2
}

function caption(path: string, line: number): string {
  const href = `${repositoryUrl}/blob/main/${path}#L${line}`
  return `<p class="code-caption"><a href="${href}" target="_blank" rel="noreferrer">${path}</a></p>\n`
}
