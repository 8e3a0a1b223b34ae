// The header that names what a page needs: written by the server, read by the
// client, in a 103 and in the final answer alike.
// https://www.rfc-editor.org/rfc/rfc8288.html#section-3

import type { PageFile } from './page.ts'

/** `</style.css>; rel=preload; as=style, …`; the page itself is left out. */
export function preloadHeader(files: readonly PageFile[]): string {
  return files
    .flatMap(({ path, as }) => {
      if (as === undefined) return []
      // Fonts are always fetched as from another origin: a preload that is not
      // would be fetched again.
      // https://html.spec.whatwg.org/multipage/links.html#link-type-preload
      const mode = as === 'font' ? '; crossorigin' : ''
      return [`<${path}>; rel=preload; as=${as}${mode}`]
    })
    .join(', ')
}

/** The paths that it names for `rel=preload`, in their order. */
export function preloadsIn(header: string): string[] {
  return header.split(/,(?=\s*<)/).flatMap((link) => {
    const [, path, parameters = ''] = /^\s*<([^>]*)>(.*)$/s.exec(link) ?? []
    const isPreload = /;\s*rel="?preload"?\s*(;|$)/.test(parameters)
    return path !== undefined && isPreload ? [path] : []
  })
}
