// Runs one program to its end; when told to stop, leaves nothing of it behind.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'

/** How `runChild` runs a program. */
export interface ChildOptions {
  readonly env?: NodeJS.ProcessEnv
  /** Keep what it prints for the caller, and show nothing. */
  readonly quiet?: boolean
  /** Ends the program and everything that it started. */
  readonly signal?: AbortSignal
}

/** The end of a program: its exit code, and what it printed when `quiet`. */
export interface ChildResult {
  readonly code: number
  readonly output: string
}

const graceMs = 1500

/** Resolves when the program has ended; rejects with the signal's reason. */
export async function runChild(
  command: string,
  args: readonly string[],
  { env, quiet = false, signal }: ChildOptions = {},
): Promise<ChildResult> {
  signal?.throwIfAborted()
  const output = quiet ? 'pipe' : 'inherit'
  const child = spawn(command, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', output, output],
    // A process group of its own: tools start further programs, and one signal
    // to the group ends them all. Windows has no groups, see `signalTree`.
    detached: process.platform !== 'win32',
    windowsHide: true,
  })
  const chunks: Buffer[] = []
  child.stdout?.on('data', (chunk) => chunks.push(chunk))
  child.stderr?.on('data', (chunk) => chunks.push(chunk))
  let ended: Promise<void> | undefined
  const end = () => {
    ended = endTree(child)
  }
  signal?.addEventListener('abort', end, { once: true })
  try {
    const [code] = await once(child, 'close')
    await ended
    signal?.throwIfAborted()
    return { code: code ?? 1, output: Buffer.concat(chunks).toString() }
  } finally {
    signal?.removeEventListener('abort', end)
  }
}

async function endTree(child: ChildProcess): Promise<void> {
  const deadline = performance.now() + graceMs
  let alive = signalTree(child, 'SIGTERM')
  while (alive && performance.now() < deadline) {
    await sleep(20)
    alive = signalTree(child, 0)
  }
  if (alive) signalTree(child, 'SIGKILL')
}

/** False when nothing of the tree is left to receive the signal. */
function signalTree(child: ChildProcess, signal: NodeJS.Signals | 0): boolean {
  if (child.pid === undefined) return false
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(child.pid), '/t', '/f'])
    return false
  }
  try {
    return process.kill(-child.pid, signal)
  } catch {
    // ESRCH: the whole group has ended, which is all that was asked for.
    return false
  }
}
