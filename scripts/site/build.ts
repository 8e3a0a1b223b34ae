// Builds the static site.
import { fileURLToPath } from 'node:url'
import { build } from 'vitepress'

const docs = fileURLToPath(new URL('../../docs', import.meta.url))

/** @throws Error when a page cannot be rendered or a link leads nowhere */
export async function buildSite(): Promise<void> {
  await build(docs)
}
