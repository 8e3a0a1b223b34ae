// What the control server and the pages of the site say to each other. Nothing
// of Node is imported: pages run this too.

/** The answer to `GET /`: where the workbook's servers are. */
export interface Manifest {
  readonly schema: typeof manifestSchema
  readonly machine: Machine
  /** In the order of their numbers. */
  readonly lessons: readonly ManifestLesson[]
}

export const manifestSchema = 'http-push-workbook/servers/1'

/** What the servers run on: figures mean little without it. */
export interface Machine {
  readonly os: string
  /** Its model, as the system tells it. */
  readonly cpu: string
  readonly cores: number
  /** Its version, such as `v20.19.0`. */
  readonly node: string
}

export interface ManifestLesson {
  readonly number: number
  /** Such as `04-server-sent-events`. */
  readonly folder: string
  readonly title: string
  /** Browsers warn of its certificate, which this machine made itself. */
  readonly secure: boolean
  /** Its server, which carries what `npm start` was told to. */
  readonly url: string
  /** The same once more, carrying the one feed that all lessons race with. */
  readonly raceUrl: string
}

/** The body of `POST /pace`, and its answer: how the race feed goes on. */
export interface Pace {
  /** Messages a second; 0 stops. */
  readonly ratePerS: number
  /** The length of a message. What has to be in it takes some 40. */
  readonly bytes: number
}

/** The least and the most of a pace. */
export const paceBounds = {
  ratePerS: [0, 50],
  bytes: [40, 100_000],
} as const satisfies Record<keyof Pace, readonly [number, number]>

/** How long a pace lasts that nobody sets again: nothing runs for nobody. */
export const paceLeaseMs = 10_000

/** The data of a message of the race feed, as JSON. */
export interface RaceMessage {
  /** 1 for the first one of the feed. */
  readonly n: number
  /** When it was published: ms since 1970, by the server's clock. */
  readonly sentAtMs: number
  /** What makes it as long as asked for, if it is not so already. */
  readonly pad?: string
  /** What somebody published, in a message that the pace did not. */
  readonly text?: string
}

/** The body of `POST /cut`: ends all connections of one server at once. */
export interface Cut {
  /** Of the manifest, a lesson's `url` or `raceUrl`. */
  readonly url: string
}

/** The body of `POST /publish`: one message into the race feed. */
export interface Publication {
  readonly data: string
}

/** The answer to it. */
export interface Published {
  /** The cursor just after the message. */
  readonly id: string
}
