// An error that the user of a command can mend: its message is all they see.

/** What went wrong: 1 the work failed, 2 the command was not understood. */
export type ExitCode = 1 | 2

/** Ends the command with a sentence on stderr. */
export class CommandError extends Error {
  override readonly name = 'CommandError'
  readonly exitCode: ExitCode

  constructor(sentence: string, exitCode: ExitCode, options?: ErrorOptions) {
    super(sentence, options)
    this.exitCode = exitCode
  }
}
