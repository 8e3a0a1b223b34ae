// What a browser finds in a page and in a style sheet: only what this page has.

/** The style sheets and scripts that HTML names, in their order. */
export function referencesInHtml(html: string): {
  readonly styles: string[]
  readonly scripts: string[]
} {
  const all = (pattern: RegExp) =>
    [...html.matchAll(pattern)].flatMap(([, path]) => path ?? [])
  return {
    styles: all(/<link rel="stylesheet" href="([^"]+)">/g),
    scripts: all(/<script src="([^"]+)"/g),
  }
}

/** The files that a style sheet names. */
export function referencesInCss(css: string): string[] {
  return [...css.matchAll(/url\("([^"]+)"\)/g)].flatMap(
    ([, path]) => path ?? [],
  )
}
