// What a symptom is: something that people see, why it is so, and where more
// about it stands.

export interface Symptom {
  /** Its anchor. */
  readonly id: string
  /** What somebody says who has it. */
  readonly seen: string
  /** Why, in one or two sentences. */
  readonly cause: string
  /** Lessons, written or not, with the section of those that are. */
  readonly treated: readonly Place[]
  /** A thread of those who had it, or the standard's sentence. */
  readonly source: string
}

export type Place =
  | { readonly lesson: number; readonly section?: string }
  /** A page of the site, such as `choose#what-it-costs`. */
  | { readonly page: string; readonly title: string }

/** `nginx/nginx#1505`: what a link to a thread is called. */
export function nameOf(source: string): string {
  const { hostname, pathname } = new URL(source)
  const [, thread, number] =
    /^\/([^/]+\/[^/]+)\/(?:issues|pull|discussions)\/(\d+)/.exec(pathname) ?? []
  if (thread) return `${thread}#${number}`
  const [, rfc] = /\/rfc(\d+)/.exec(pathname) ?? []
  return rfc ? `RFC ${rfc}` : hostname.replace(/^www\./, '')
}
