// What the tests of `npm start` share: they run it as its users do.
import { expect, vi } from 'vitest'
import {
  type RunningCommand,
  runCommand,
  usualPatienceMs,
} from '../cli/running-command.ts'
import type { Manifest } from '../control/manifest.ts'

/** The last line of what it prints at the start. */
export const all = /Ctrl-C ends them all/

/** The lessons alone, on free ports. */
export function startLessons(...flags: string[]): RunningCommand {
  return runCommand(
    'scripts/start.ts',
    ...['--no-site', '--ports-from', '0', ...flags],
  )
}

/** The address in a lesson's row. */
export async function addressOf(
  command: RunningCommand,
  { number, title }: { number: number; title: string },
): Promise<URL> {
  const row = new RegExp(`^ *${number}  ${title} +(https?://\\S+)`, 'm')
  return new URL((await command.prints(row))[1] ?? '')
}

/** What the stand-in for the site knows. */
export async function siteOf(
  command: RunningCommand,
): Promise<{ pid: number; control: string }> {
  const [, url = ''] = await command.prints(/^The workbook is at (\S+)$/m)
  return vi.waitFor(
    async () => {
      const site = await (await fetch(url)).json()
      expect(site.control).toMatch(/^http:/)
      return site
    },
    { timeout: usualPatienceMs, interval: 20 },
  )
}

/** What the control server answers. */
export async function manifestAt(control: string): Promise<Manifest> {
  return (await fetch(control)).json() as Promise<Manifest>
}

/** Lets the process of the lessons tell its number. */
export function tellingPid(text: string): string {
  return `${text}\nconsole.log('pid', process.pid)\n`
}

/** Of the process of the lessons, which was edited so. */
export async function pidOf(command: RunningCommand): Promise<number> {
  return Number((await command.prints(/^pid (\d+)$/m))[1])
}

export function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** Resolves when none of them runs any more. */
export function gone(...pids: number[]): Promise<void> {
  return vi.waitFor(() => expect(pids.filter(isRunning)).toEqual([]), {
    timeout: usualPatienceMs,
    interval: 20,
  })
}
