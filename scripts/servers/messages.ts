// What the processes of `npm start` say to each other.

import type { FeedName } from '../cli/feeds.ts'
import type { Manifest } from '../control/manifest.ts'

/** What the process of the lessons is started with, as JSON. */
export interface ServersSettings {
  readonly feed: FeedName
  readonly host: string
  /** The control server's; 0 takes free ones. */
  readonly portsFrom: number
  /** Origins beyond this machine whose pages may use the servers. */
  readonly origins: readonly string[]
  /** Where they were before: they come back there, as pages expect. */
  readonly before?: ServersReady
}

/** All servers can be reached. */
export interface ServersReady {
  /** The address of the control server. */
  readonly control: string
  readonly manifest: Manifest
}

/** What the process of the lessons says. */
export type ServersMessage =
  | { readonly is: 'ready'; readonly ready: ServersReady }
  | { readonly is: 'log'; readonly who: string; readonly line: string }
  /** It ends; an edit of a lesson may mend what the sentence says. */
  | { readonly is: 'crash'; readonly sentence: string }
  /** It ends, and no edit of a lesson helps. */
  | { readonly is: 'error'; readonly sentence: string }

/** What the process of the site says. */
export type SiteMessage =
  | { readonly site: string; readonly error?: undefined }
  | { readonly site?: undefined; readonly error: string }

/** What the process of the site is told. */
export interface ControlMessage {
  /** The address of the control server. */
  readonly control: string
}
