// What every command does around its work: it ends on Ctrl-C, is quiet when
// nobody reads any more, and turns errors into sentences and exit codes.
import { CommandError } from './command-error.ts'
import { printable } from './printable.ts'

/** What a shell expects of a program that a signal ended: 128 and its number. */
const exitCodes = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 }

/**
 * Runs `work`, and ends the process once nothing is left to do. `signal` aborts
 * on the first Ctrl-C, SIGTERM or SIGHUP; the second ends the process at once.
 */
export async function runProgram(
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const end = new AbortController()
  const { signal } = end
  for (const [name, code] of Object.entries(exitCodes)) {
    process.on(name, () => {
      if (signal.aborted) process.exit(code)
      process.exitCode = code
      end.abort()
    })
  }
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // The reader has left, such as `head -1`. That is no failure.
    if (error.code !== 'EPIPE') report(error)
    end.abort()
  })
  // There is no one left to tell that nobody reads the errors.
  process.stderr.on('error', () => end.abort())

  try {
    await work(signal)
  } catch (error) {
    report(error)
  } finally {
    end.abort()
  }
}

function report(error: unknown): void {
  process.exitCode = error instanceof CommandError ? error.exitCode : 1
  process.stderr.write(`${describe(error)}\n`)
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  // The user can do something about these; a stack is for errors of the program.
  const isSystemError = 'syscall' in error
  if (error instanceof CommandError || isSystemError)
    return printable(error.message)
  return error.stack ?? error.message
}
