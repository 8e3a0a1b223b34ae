// What the processes of a measurement say to each other.

export type Command =
  | { do: 'read' }
  | { do: 'publish'; messages: number; everyMs: number; bytes: number }

/** The server's state: after `read`, when its garbage is collected. */
export interface Reading {
  readonly port: number
  /** CPU time of the process so far, user and system. */
  readonly cpuUs: number
  readonly residentBytes: number
}

/** How many messages all readers of the process have received so far. */
export interface Count {
  readonly messages: number
}
