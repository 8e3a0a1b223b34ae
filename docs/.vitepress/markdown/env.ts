// What VitePress tells the plugins of markdown-it about the page.

/** Empty where no page is rendered but a title alone. */
export interface Env {
  /** The page's file, or what it is rewritten to where `realPath` is the file. */
  readonly path?: string
  readonly realPath?: string
  /** Files that were read for the page: when one changes, it is rendered again. Absent while the search index is made. */
  readonly includes?: string[]
}

/** The file that is rendered. */
export function fileOf({ realPath, path = '' }: Env): string {
  return realPath ?? path
}
