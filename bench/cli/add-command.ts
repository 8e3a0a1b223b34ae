// What each command of the benchmark is to the parser.

import type { Command } from 'commander'

/** Adds one command to the parser. `choose` takes the work that its arguments ask for. */
export type AddCommand = (
  program: Command,
  choose: (work: Work) => void,
) => void

export type Work = (signal: AbortSignal) => Promise<void>
