// `npm test`: what must hold, step by step, up to the first failure. `npm run
// test:all` runs the tests that take long as well.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import colors from 'picocolors'
import { whyNoPrivateNetwork } from '../bench/link/namespace.ts'
import {
  findRedis,
  howToGetRedis,
} from '../lessons/12-scaling-out/redis-server.ts'
import {
  findNginx,
  howToGetNginx,
} from '../lessons/13-in-production/behind-nginx/nginx.ts'
import { type ChildOptions, runChild } from './child.ts'
import { findChromium, howToInstall } from './chromium.ts'
import { canInstall, installPackages } from './install-packages.ts'
import { nodeProblem } from './node-version.ts'
import {
  closingLine,
  type Skip,
  type Summary,
  skipLine,
  summaryFileVariable,
} from './summary.ts'
import { thoroughVariable } from './thorough.ts'

/** What a step has to say; a mark of its own when it is no plain success. */
type Outcome = { readonly note: string; readonly mark?: string } | undefined
type Step = [name: string, run: () => Promise<Outcome>]

process.chdir(fileURLToPath(new URL('..', import.meta.url)))
const biome = '@biomejs/biome/bin/biome'
const vitestArgs = process.argv.slice(2).filter((one) => one !== '--all')
// Whoever names a test wants it to run.
const isThorough = process.argv.length > 2
const interruption = new AbortController()
const { signal } = interruption
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(name, () => interruption.abort(new Error(`Ended by ${name}.`)))
}

let chromium: string | undefined
let summary: Summary = { passed: 0, failed: 0, skipped: [] }

const steps: Step[] = [
  ['node', checkNode],
  ['chromium', provideChromium],
  ['nft', provideNft],
  ['redis', () => provide('redis-server', findRedis, howToGetRedis)],
  ['nginx', () => provide('nginx', findNginx, howToGetNginx)],
  ['types', () => runTool('typescript/bin/tsc')],
  ['lint', () => runTool(biome, 'check', '--error-on-warnings')],
  ['tests', runTests],
]
// Arguments ask for certain tests, over and over: those alone, and quickly.
const chosen = vitestArgs.length
  ? steps.filter(([name]) => name !== 'types' && name !== 'lint')
  : steps

for (const [name, run] of chosen) {
  const startMs = performance.now()
  const report = (mark: string, note = '') => {
    const seconds = ((performance.now() - startMs) / 1000).toFixed(1)
    const line = `${mark} ${name.padEnd(9)}${seconds.padStart(6)} s  ${note}`
    console.log(line.trimEnd())
  }
  try {
    const { mark = colors.green('✓'), note } = (await run()) ?? {}
    report(mark, note)
  } catch (error) {
    report(colors.red('✗'), (error as Error).message)
    // A step without tests of its own counts as one failure.
    if (!summary.failed) summary = { ...summary, failed: 1 }
    process.exitCode = signal.aborted ? 130 : 1
    break
  }
}
for (const skip of summary.skipped) console.log(skipLine(explain(skip)))
if (!isThorough)
  console.log('The tests that take long were left out: npm run test:all')
console.log(closingLine(summary))

async function checkNode(): Promise<Outcome> {
  const problem = nodeProblem(process.versions.node)
  if (problem) throw new Error(problem)
  return { note: process.version }
}

async function provideChromium(): Promise<Outcome> {
  let problem = howToInstall()
  chromium = findChromium()
  if (!chromium && canInstall()) {
    console.log('  installing Chromium with apt-get …')
    await installPackages(['chromium'], signal).catch((error) => {
      signal.throwIfAborted()
      problem = error.message
    })
    chromium = findChromium()
  }
  if (chromium) return { note: chromium }
  if (process.env.CI === 'true') throw new Error(problem)
  return {
    mark: colors.yellow('–'),
    note: `${problem}\n  Browser tests are skipped until then.`,
  }
}

/** Real packet loss takes nft, and the rights of root on a Linux. */
async function provideNft(): Promise<Outcome> {
  if ((await whyNoPrivateNetwork()) && canInstall()) {
    console.log('  installing nftables with apt-get …')
    // Without them the tests that need them are skipped, and say why.
    await installPackages(['nftables', 'iproute2'], signal).catch(() => {
      signal.throwIfAborted()
    })
  }
  const why = await whyNoPrivateNetwork()
  return why === undefined ? undefined : { mark: colors.yellow('–'), note: why }
}

/** What a lesson is tested with, a real one: from Debian's package of this name, if need be. */
async function provide(
  name: string,
  find: () => string | undefined,
  howToGet: string,
): Promise<Outcome> {
  let problem = howToGet
  if (!find() && canInstall()) {
    console.log(`  installing ${name} with apt-get …`)
    await installPackages([name], signal).catch((error) => {
      signal.throwIfAborted()
      problem = error.message
    })
  }
  const program = find()
  if (program) return { note: program }
  if (process.env.CI === 'true') throw new Error(problem)
  return {
    mark: colors.yellow('–'),
    note: `${problem}\n  Tests that need it are skipped until then.`,
  }
}

async function runTool(path: string, ...args: string[]): Promise<undefined> {
  const { code, output } = await runModule(path, args, { quiet: true })
  if (code === 0) return
  console.log(output)
  throw failure(path, code)
}

async function runTests(): Promise<undefined> {
  const runArgs = ['run', ...vitestArgs]
  // Vitest colours a file or a pipe too, unless it is told not to.
  if (!colors.isColorSupported) runArgs.push('--no-color')
  // A reporter on the command line replaces those of the configuration.
  if (vitestArgs.some((argument) => argument.startsWith('--reporter'))) {
    runArgs.push('--reporter=./scripts/summary-reporter.ts')
  }
  const folder = mkdtempSync(join(tmpdir(), 'workbook-test-'))
  const file = join(folder, 'summary.json')
  try {
    const { code } = await runModule('vitest/vitest.mjs', runArgs, {
      env: {
        [summaryFileVariable]: file,
        [thoroughVariable]: isThorough ? 'all' : 'none',
        CHROMIUM: chromium ?? '',
      },
    })
    if (existsSync(file)) summary = JSON.parse(readFileSync(file, 'utf8'))
    if (code !== 0) throw failure('vitest', code)
    if (summary.passed + summary.skipped.length === 0) {
      throw new Error(
        'No test ran: name a file, or a test with -t, that exists.',
      )
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Runs a tool by its own file: `node_modules/.bin` differs on Windows. */
function runModule(path: string, args: string[], options: ChildOptions) {
  const file = join('node_modules', path)
  return runChild(process.execPath, [file, ...args], { ...options, signal })
}

function failure(tool: string, code: number): Error {
  return new Error(`${tool} ended with code ${code}, see above.`)
}

function explain(skip: Skip): Skip {
  const noBrowser = !chromium && skip.file.endsWith('.browser.test.ts')
  return noBrowser ? { ...skip, reason: 'no Chromium was found' } : skip
}
