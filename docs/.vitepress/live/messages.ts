// What a page and the worker of one of its lanes say to each other.

import type { ConnectionState, Gap } from '../../../lessons/lesson.ts'

export type ToLane =
  | {
      readonly do: 'subscribe'
      /** The lesson whose `browser.ts` is to run. */
      readonly folder: string
      /** Its server. */
      readonly url: string
      /** The cursor after the last message already received. */
      readonly after?: string
    }
  | { readonly do: 'pause' | 'resume' }
  | { readonly do: 'publish'; readonly data: string }

export type FromLane =
  | {
      readonly say: 'message'
      readonly id: string
      readonly data: string
      /** When it arrived: ms since 1970, by the page's clock. */
      readonly atMs: number
    }
  | { readonly say: 'state'; readonly state: ConnectionState }
  | { readonly say: 'gap'; readonly gap: Gap }
  /** The subscription is over for good. */
  | { readonly say: 'ended'; readonly why: string }
  | { readonly say: 'published' }
  | { readonly say: 'refused'; readonly why: string }
