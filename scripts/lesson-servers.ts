// Runs all servers but the site: a process of `npm start`, which starts it anew
// when a lesson was edited.
import { CommandError } from './cli/command-error.ts'
import { describeCrash } from './servers/describe-crash.ts'
import type { ServersMessage, ServersSettings } from './servers/messages.ts'
import type { OpenServers } from './servers/open-servers.ts'

/** Subscribers have 2 s to read the end of what they were sent. */
const closeMs = 2_500

const root = new URL('../', import.meta.url)
const settings: ServersSettings = JSON.parse(process.argv[2] ?? '')
let servers: OpenServers | undefined

// Ctrl-C reaches every process of a terminal. When to end, the parent says.
process.on('SIGINT', () => {})
process.on('SIGHUP', () => {})
// The parent wants it to end, or was killed.
process.on('disconnect', leave)
if (!process.connected) leave() // So early that nobody was told.
process.on('uncaughtException', fail)
// What a lesson prints for somebody who edits it, and who may have left.
process.stdout.on('error', () => {})
process.stderr.on('error', () => {})

try {
  // Not at the top: code that was just edited might not even load.
  const { openServers } = await import('./servers/open-servers.ts')
  servers = await openServers(settings, (who, line) =>
    say({ is: 'log', who, line }),
  )
  const { control, manifest } = servers
  say({ is: 'ready', ready: { control, manifest } })
} catch (error) {
  fail(error)
}

async function leave(): Promise<void> {
  // Edited code might never close, and nobody else is there to end it.
  setTimeout(() => process.exit(), closeMs)
  await servers?.close()
  process.exit()
}

function fail(error: unknown): void {
  const message: ServersMessage =
    error instanceof CommandError
      ? { is: 'error', sentence: error.message }
      : { is: 'crash', sentence: describeCrash(error, root) }
  say(message, () => process.exit(1))
}

function say(message: ServersMessage, said = () => {}): void {
  if (process.connected) process.send?.(message, undefined, {}, said)
  else said()
}
