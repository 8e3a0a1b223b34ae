// The report for people: who tells it, and what.
import { type ConnectionState, describeGap } from '../../lessons/lesson.ts'
import { colors } from './colors.ts'
import { printable } from './printable.ts'
import type { Report } from './report.ts'

const server = colors.magenta('server')
const client = colors.cyan('client')
const feed = colors.green('feed  ')

export function readableReport(): Report {
  return {
    listening({ title }, { href }) {
      print(server, `${colors.bold(href)}  (${title}; Ctrl-C ends it)`)
    },
    log: (line) => print(server, printable(line)),
    feed: (line) => print(feed, line),
    client: (line) => print(client, printable(line)),
    state: (state, url) => print(client, describeState(state, url)),
    gap: (gap) =>
      print(client, colors.red(`gap: ${printable(describeGap(gap))}`)),
    message({ id, data }) {
      print(client, `${colors.dim(printable(id))}  ${printable(data)}`)
    },
  }
}

function print(who: string, what: string): void {
  process.stdout.write(`${who}  ${what}\n`)
}

function describeState(state: ConnectionState, { href }: URL): string {
  if (state.is === 'connecting') return colors.dim(`connecting to ${href}`)
  if (state.is === 'open') return colors.dim('open')
  const seconds = (state.delayMs / 1_000).toFixed(1)
  return colors.yellow(`waiting ${seconds} s: ${printable(state.why)}`)
}
