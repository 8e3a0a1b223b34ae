// The header `Link`, as far as hints use it. Runs in Node and in browsers.
// https://www.rfc-editor.org/rfc/rfc8288.html#section-3

/** What a preload is for: `style` and `fetch` are those of this lesson. */
export interface Preload {
  readonly path: string
  readonly as: string
}

// #region encode
export function encodePreload({ path, as }: Preload): string {
  return `<${path}>; rel=preload; as=${as}`
}
// #endregion encode

// #region decode
/** One link: its target, and parameters whose values are tokens or quoted. */
const link =
  /<([^<>]*)>((?:\s*;\s*[^\s=;,]+(?:\s*=\s*(?:"[^"]*"|[^\s;,"]*))?)*)/g
const parameter = /;\s*([^\s=;,]+)\s*=\s*(?:"([^"]*)"|([^\s;,"]*))/g

/** The preloads among the links of a header, in order. */
export function decodePreloads(header: string | undefined): Preload[] {
  const preloads: Preload[] = []
  for (const [, path = '', rest = ''] of (header ?? '').matchAll(link)) {
    const found = new Map<string, string>()
    for (const [, name = '', quoted, token = ''] of rest.matchAll(parameter)) {
      const key = name.toLowerCase()
      // "Occurrences after the first MUST be ignored": section 3.3, on `rel`.
      if (!found.has(key)) found.set(key, quoted ?? token)
    }
    const relations = (found.get('rel') ?? '').toLowerCase().split(/\s+/)
    if (relations.includes('preload'))
      preloads.push({ path, as: found.get('as') ?? '' })
  }
  return preloads
}
// #endregion decode
