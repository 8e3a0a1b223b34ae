// The process of the lessons, and another one after each edit.
import { fileURLToPath } from 'node:url'
import { CommandError } from '../cli/command-error.ts'
import { aborted } from '../cli/serve-lesson.ts'
import { Edits } from './edits.ts'
import type {
  ServersMessage,
  ServersReady,
  ServersSettings,
} from './messages.ts'
import { type Ending, ServerProcess } from './server-process.ts'

const lessons = fileURLToPath(new URL('../../lessons', import.meta.url))

/** Exercises are no part of the servers: `npm run check` runs them. */
const exercises = /[\\/]exercise([\\/]|$)/

/** Subscribers have 2 s to read the end of what they were sent. */
const graceMs = 3_000

/** Who edits waits, and subscribers come back anyway. */
const graceAtEditMs = 250

export interface LessonsObserver {
  /** Called at the start, and again after each edit. */
  ready(ready: ServersReady): void
  /** Takes who has something to tell, and what. */
  log(who: string, line: string): void
}

/**
 * Runs the servers until `signal` aborts.
 *
 * @throws CommandError when they cannot listen, or somebody ends their process
 */
export async function keepLessons(
  settings: ServersSettings,
  { ready, log }: LessonsObserver,
  signal: AbortSignal,
): Promise<void> {
  const edits = new Edits(lessons, { ignore: exercises })
  const left = aborted(signal)
  let before: ServersReady | undefined
  let edited: string | undefined
  try {
    while (!signal.aborted) {
      let said: ServersMessage | undefined
      const hear = (message: ServersMessage) => {
        if (message.is === 'log') return log(message.who, message.line)
        said = message
        if (message.is !== 'ready') return
        if (edited)
          log('lessons', `started again: lessons/${edited} was edited`)
        before = message.ready
        ready(before)
      }
      const servers = new ServerProcess<ServersMessage>('lesson-servers.ts', {
        args: [JSON.stringify({ ...settings, before })],
        stdin: settings.feed === 'stdin',
        hear,
      })
      const edit = edits.next()
      const ending = await Promise.race([servers.ended, edit, left])
      if (typeof ending === 'object') {
        log(
          'lessons',
          `${whyEnded(ending, said)} They start again at the next edit.`,
        )
        await Promise.race([edit, left])
      }
      await servers.end(signal.aborted ? graceMs : graceAtEditMs)
      if (!signal.aborted) edited = await edit
    }
  } finally {
    edits.close()
  }
}

/** @throws CommandError when no edit could help */
function whyEnded(
  { how, killed }: Ending,
  said: ServersMessage | undefined,
): string {
  if (said?.is === 'error') throw new CommandError(said.sentence, 1)
  if (killed) throw new CommandError(`The process of the lessons ${how}.`, 1)
  const why = said?.is === 'crash' ? said.sentence : `the process ${how}`
  return `The lessons have ended: ${why.replace(/\.$/, '')}.`
}
