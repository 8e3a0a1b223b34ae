// The process of the site.
import { CommandError } from '../cli/command-error.ts'
import { aborted } from '../cli/serve-lesson.ts'
import type { ControlMessage, SiteMessage } from './messages.ts'
import { ServerProcess } from './server-process.ts'

const graceMs = 1_000

export interface SiteOptions {
  /** 0 takes a free one. */
  readonly port: number
  /** The address of the control server, as soon as there is one. */
  readonly control: Promise<string>
  /** Called with the site's address. */
  readonly ready: (url: string) => void
}

/**
 * Runs the site until `signal` aborts.
 *
 * @throws CommandError when it cannot listen, or its process ends
 */
export async function keepSite(
  { port, control, ready }: SiteOptions,
  signal: AbortSignal,
): Promise<void> {
  let problem: string | undefined
  const args = ['--port', String(port)]
  const site = new ServerProcess<SiteMessage, ControlMessage>(
    'site-server.ts',
    {
      args,
      hear(message) {
        if (message.error !== undefined) problem = message.error
        else ready(message.site)
      },
    },
  )
  control.then((url) => site.tell({ control: url }))
  const ending = await Promise.race([site.ended, aborted(signal)])
  if (ending === undefined) return site.end(graceMs)
  throw new CommandError(problem ?? `The process of the site ${ending.how}.`, 1)
}
