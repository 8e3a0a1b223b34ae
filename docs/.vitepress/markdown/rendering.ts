// Renders markdown as the site does, for the tests of its plugins.

import { fileURLToPath } from 'node:url'

import {
  createMarkdownRenderer,
  disposeMdItInstance,
  type MarkdownRenderer,
} from 'vitepress'

import { root } from '../root.ts'

/** What a page becomes, and the files that were read for it. */
export interface Rendered {
  readonly html: string
  readonly includes: readonly string[]
}

/**
 * @param plugin the only one of ours that takes part
 * @param page the file that the text is taken to be, from the repository's folder
 */
export async function renderWith(
  plugin: (md: MarkdownRenderer) => void,
  page: string,
  text: string,
): Promise<Rendered> {
  // VitePress keeps one, with the plugins that it was made with.
  disposeMdItInstance()
  const md = await createMarkdownRenderer(fileURLToPath(root), {
    config: plugin,
  })
  const includes: string[] = []
  const path = fileURLToPath(new URL(page, root))
  const env = { path, realPath: path, relativePath: page, includes }
  return { html: md.render(text, env), includes }
}
