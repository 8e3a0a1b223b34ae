// One visit of a page, as a browser makes it: what it knows of it asks for, once
// each, and what it has it does not ask for.

import type { PageFile } from './page.ts'
import { preloadsIn } from './preload.ts'
import { referencesInCss, referencesInHtml } from './references.ts'

/** How files come. */
export interface Connection extends AsyncDisposable {
  /**
   * Asks for a file, or takes it where it was promised. `onLink` is told each
   * Link header, also of a 103, as soon as it is here.
   *
   * @throws Error when it does not come
   */
  get(path: string, onLink: (link: string) => void): Promise<Answer>
  /** What was promised and not taken, once all of it is here. */
  leftovers(): Promise<ReadonlyMap<string, Answer>>
}

export interface Answer {
  readonly cacheControl: string | undefined
  readonly body: Buffer
}

/** @throws Error when it is no file that was answered */
export function answered(
  status: number | undefined,
  cacheControl: string | undefined,
  body: Buffer,
): Answer {
  if (status === 200) return { cacheControl, body }
  throw new Error(`The server must answer 200, got ${status}.`)
}

/** Files by their paths, none of them too old. */
export type Cache = Map<string, Buffer>

/** In ms since the visit began, with its connection. */
export interface Visit {
  readonly pageMs: number
  /** The page and its style sheet: there is something to be seen. */
  readonly styleMs: number
  /** Those, the script and the font. */
  readonly allMs: number
  /** Bytes of content that came, by path. */
  readonly received: Readonly<Record<string, number>>
}

/** @throws Error when a file does not come, or is not what it should be */
export async function visit(
  connection: Connection,
  cache: Cache,
  expected: readonly PageFile[],
): Promise<Visit> {
  const startMs = performance.now()
  const sinceStart = () => performance.now() - startMs
  const received: Record<string, number> = {}
  const loads = new Map<string, Promise<Buffer>>()

  const take = (path: string, { body, cacheControl }: Answer): Buffer => {
    check(path, body, expected)
    received[path] = (received[path] ?? 0) + body.length
    if (/max-age=[1-9]/.test(cacheControl ?? '')) cache.set(path, body)
    return body
  }
  const load = (path: string): Promise<Buffer> => {
    const known = loads.get(path)
    if (known) return known
    const cached = cache.get(path)
    const loading = cached
      ? Promise.resolve(cached)
      : connection.get(path, preload).then((answer) => take(path, answer))
    loads.set(path, loading)
    return loading
  }
  const preload = (link: string) => {
    for (const path of preloadsIn(link)) load(path).catch(() => {}) // Whoever needs it is told.
  }

  const html = await load('/')
  const pageMs = sinceStart()
  const { styles, scripts } = referencesInHtml(html.toString())
  let styleMs = 0
  const styled = styles.map(async (path) => {
    const css = await load(path)
    styleMs = Math.max(styleMs, sinceStart())
    await Promise.all(referencesInCss(css.toString()).map(load))
  })
  await Promise.all([...styled, ...scripts.map(load)])
  const allMs = sinceStart()
  for (const [path, answer] of await connection.leftovers()) take(path, answer)
  return { pageMs, styleMs, allMs, received }
}

function check(
  path: string,
  body: Buffer,
  expected: readonly PageFile[],
): void {
  const file = expected.find((one) => one.path === path)
  if (file?.body.equals(body)) return
  throw new Error(
    `${path} must have the ${file?.body.length ?? 'no'} bytes of the page, got ${body.length} bytes${file?.body.length === body.length ? ' of something else' : ''}.`,
  )
}
