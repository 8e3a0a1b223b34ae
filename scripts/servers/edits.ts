// Tells when a program's source was edited.
import { type FSWatcher, readdirSync, statSync, watch } from 'node:fs'
import { join, relative } from 'node:path'

/** An editor that saves all files does so within this time. */
const pauseMs = 60

/** Some editors empty a file before they write it: for so long, that is no save. */
const emptyMs = 1_000

/** Tests are no part of the program. */
const isSource = /(?<!\.test)\.ts$/

interface Watched {
  readonly watcher: FSWatcher
  readonly identity: string
}

export interface EditsOptions {
  /** Paths, from the folder on, that are no part of it. */
  readonly ignore?: RegExp
  /** How often to look without being told, where no file events arrive. Never, if absent. */
  readonly pollMs?: number
  /** Whether to listen to file events. */
  readonly events?: boolean
}

/**
 * Watches the TypeScript files in a folder and below.
 *
 * Not with `recursive`: on Linux, Node 20 watches each file for itself then, and
 * is blind for one that an editor has replaced instead of written to.
 */
export class Edits {
  readonly #folder: string
  readonly #ignore: RegExp | undefined
  readonly #events: boolean
  readonly #poll: NodeJS.Timeout | undefined
  readonly #watchers = new Map<string, Watched>()
  #files: ReadonlyMap<string, string>
  #edited: string | undefined
  #wakeUp = () => {}
  #pause: NodeJS.Timeout | undefined

  constructor(folder: string, options: EditsOptions = {}) {
    const { ignore, pollMs, events = true } = options
    this.#folder = folder
    this.#ignore = ignore
    this.#events = events
    this.#files = this.#look()
    if (pollMs !== undefined)
      this.#poll = setInterval(() => this.#compare(), pollMs)
  }

  /** Resolves with a file that was edited since the last call. */
  async next(): Promise<string> {
    if (this.#edited === undefined)
      await new Promise<void>((resolve) => {
        this.#wakeUp = resolve
      })
    const edited = this.#edited ?? ''
    this.#edited = undefined
    return edited
  }

  /** Watches no more: a call that waits goes on waiting. */
  close(): void {
    clearTimeout(this.#pause)
    clearInterval(this.#poll)
    for (const { watcher } of this.#watchers.values()) watcher.close()
  }

  /** Watches folders that are new; the state of every file by its path. */
  #look(): Map<string, string> {
    const files = new Map<string, string>()
    const options = { recursive: true, withFileTypes: true } as const
    this.#watch(this.#folder)
    for (const entry of readdirSync(this.#folder, options)) {
      const path = join(entry.parentPath, entry.name)
      if (this.#ignore?.test(relative(this.#folder, path))) continue
      if (entry.isDirectory()) this.#watch(path)
      else if (isSource.test(path)) files.set(path, stateOf(path))
    }
    return files
  }

  #watch(folder: string): void {
    if (!this.#events) return
    const identity = identityOf(folder)
    const known = this.#watchers.get(folder)
    if (known?.identity === identity) return
    known?.watcher.close()
    try {
      const watcher = watch(folder, () => this.#settle())
      this.#watchers.set(folder, { watcher, identity })
      watcher.on('error', () => this.#forget(folder, watcher))
    } catch {
      // It is gone already: nothing of it can be edited.
      this.#watchers.delete(folder)
    }
  }

  #forget(folder: string, watcher: FSWatcher): void {
    watcher.close()
    this.#watchers.delete(folder)
    this.#settle()
  }

  /** Looks what was edited once nothing has happened for a moment. */
  #settle(): void {
    clearTimeout(this.#pause)
    this.#pause = setTimeout(() => this.#compare(), pauseMs)
  }

  #compare(): void {
    const now = this.#look()
    const edited = difference(this.#files, now)
    if (edited === undefined) return
    if (isBegun(edited)) {
      this.#settle()
      return
    }
    this.#files = now
    this.#edited = relative(this.#folder, edited)
    this.#wakeUp()
  }
}

/** Another one when a folder was deleted and made anew: its watcher is blind. */
function identityOf(folder: string): string {
  const { ino, birthtimeMs } = statSync(folder, { throwIfNoEntry: false }) ?? {}
  return `${ino} ${birthtimeMs}`
}

/** Differs when the file does, also when it is gone between two looks. */
function stateOf(path: string): string {
  const { mtimeMs, size, ino } = statSync(path, { throwIfNoEntry: false }) ?? {}
  return `${mtimeMs} ${size} ${ino}`
}

/** Whether a file was emptied, and is about to be written. */
function isBegun(path: string): boolean {
  const { mtimeMs, size } = statSync(path, { throwIfNoEntry: false }) ?? {}
  return size === 0 && Date.now() - (mtimeMs ?? 0) < emptyMs
}

function difference(
  before: ReadonlyMap<string, string>,
  now: ReadonlyMap<string, string>,
): string | undefined {
  for (const [path, state] of now) if (before.get(path) !== state) return path
  for (const path of before.keys()) if (!now.has(path)) return path
  return undefined
}
