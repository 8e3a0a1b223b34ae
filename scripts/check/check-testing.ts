// What the tests of `npm run check` share: a copy of the workbook in which they
// are the reader.
import { appendFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { OnFinished, RunningCommand } from '../cli/running-command.ts'
import { copyWorkbook, type WorkbookCopy } from '../servers/workbook-copy.ts'

const folder = 'lessons/04-server-sent-events/exercise'

/** The file to repair. */
export const file = `${folder}/server.ts`

/** A busy machine takes long to start a process, and a check has two of them. */
export const patienceMs = 50_000

export interface Reader {
  readonly workbook: WorkbookCopy
  /** Saves the file to repair. */
  save(text: string): void
  /** Edits it. */
  edit(change: (text: string) => string): void
  /** Saves the lesson's own file in its place. */
  saveSolution(): void
  /** What the file holds. */
  read(): string
  /** The file of the progress; '' when there is none. */
  progress(): string
  /** Runs `npm run check`. */
  check(...args: string[]): RunningCommand
}

/** A reader with exercise 04 as it was shipped. */
export function newReader(onFinished?: OnFinished): Reader {
  const workbook = copyWorkbook(onFinished)
  const read = (path: string) =>
    readFileSync(join(workbook.folder, path), 'utf8')
  const save = (text: string) => workbook.edit(file, () => text)
  save(read(`${folder}/server.original.ts`))
  return {
    workbook,
    save,
    edit: (change) => workbook.edit(file, change),
    saveSolution: () =>
      save(
        read('lessons/04-server-sent-events/server.ts')
          .replaceAll("'../", "'../../")
          .replaceAll("'./", "'../"),
      ),
    read: () => read(file),
    progress() {
      try {
        return read('.progress.txt')
      } catch {
        return ''
      }
    },
    check: (...args) => workbook.run('scripts/check.ts', ...args),
  }
}

/** Every process that grades writes down its number: those so far. */
export function tellPids(reader: Reader): () => number[] {
  const pids = join(reader.workbook.folder, 'pids.txt')
  reader.workbook.edit(
    'scripts/check/grader-process.ts',
    (text) =>
      `${text}\nimport { appendFileSync } from 'node:fs'\nappendFileSync(${JSON.stringify(pids)}, process.pid + '\\n')\n`,
  )
  appendFileSync(pids, '')
  return () =>
    readFileSync(pids, 'utf8').split('\n').filter(Boolean).map(Number)
}
