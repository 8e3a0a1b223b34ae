// The report for scripts: one JSON object a line on stdout, and nothing else.
import type { Report } from './report.ts'

/** What happens besides is told on stderr. */
export function jsonReport(): Report {
  return {
    listening: (_, { href }) => print({ listening: href }),
    log: (line) => print({ log: line }),
    feed: (line) => process.stderr.write(`feed: ${line}\n`),
    client: (line) => process.stderr.write(`client: ${line}\n`),
    state(state) {
      if (state.is !== 'waiting') return
      const { delayMs, why } = state
      process.stderr.write(`client: waiting ${delayMs} ms: ${why}\n`)
    },
    gap({ after, resumedAt, lost = null }) {
      print({ gap: { after, resumedAt, lost } })
    },
    message: ({ id, data }) => print({ id, data }),
  }
}

function print(object: object): void {
  process.stdout.write(`${JSON.stringify(object)}\n`)
}
