// A copy of the workbook that a test may edit, with a site that tells what it
// knows.
import {
  cpSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import {
  type OnFinished,
  type RunningCommand,
  runCommandIn,
} from '../cli/running-command.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const parts = ['package.json', 'lessons', 'scripts', 'bench/machine']

/** Takes the place of `site-server.ts`; what it knows is its page. */
const site = `
import { createServer } from 'node:http'
const port = Number(process.argv[process.argv.indexOf('--port') + 1])
const known = { pid: process.pid, control: undefined as string | undefined }
process.on('message', ({ control }: { control: string }) => {
  known.control = control
})
process.on('disconnect', () => process.exit())
process.on('SIGINT', () => {})
const server = createServer((_, answer) => answer.end(JSON.stringify(known)))
server.on('error', ({ message }) => {
  process.send?.({ error: 'The site cannot listen: ' + message })
  process.disconnect()
})
server.listen(port, '127.0.0.1', () => {
  const { port } = server.address() as { port: number }
  process.send?.({ site: 'http://127.0.0.1:' + port + '/' })
})
`

export interface WorkbookCopy {
  readonly folder: string
  /** Runs `npm start` in it, on free ports. */
  start(...flags: string[]): RunningCommand
  /** Runs another program in it, such as `scripts/check.ts`. */
  run(...args: string[]): RunningCommand
  /** Saves a file with other contents. */
  edit(path: string, change: (text: string) => string): void
}

/**
 * A folder whose name was used before, if none has it now: what tsx has compiled
 * it finds again by its path, and compiles all of a folder that it never saw.
 */
function makeFolder(): string {
  for (let n = 1; ; n++) {
    const folder = join(tmpdir(), `workbook-copy-${n}`)
    try {
      mkdirSync(folder)
      return folder
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}

/** Ends with the test. */
export function copyWorkbook(
  onFinished: OnFinished = onTestFinished,
): WorkbookCopy {
  const folder = realpathSync(makeFolder())
  onFinished(() => rmSync(folder, { recursive: true, force: true }))
  for (const part of parts)
    cpSync(join(root, part), join(folder, part), { recursive: true })
  // Windows lets everybody make a junction.
  const modules = 'node_modules'
  symlinkSync(join(root, modules), join(folder, modules), 'junction')
  writeFileSync(join(folder, 'scripts', 'site-server.ts'), site)
  return {
    folder,
    run: (...args) => runCommandIn(folder, args, onFinished),
    start: (...flags) =>
      runCommandIn(
        folder,
        ['scripts/start.ts', '--ports-from', '0', '--site-port', '0', ...flags],
        onFinished,
      ),
    edit(path, change) {
      const file = join(folder, path)
      writeFileSync(file, change(readFileSync(file, 'utf8')))
    },
  }
}
