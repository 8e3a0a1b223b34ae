// Refuses a Node that is too old with one sentence, not a stack trace.
import { readFileSync } from 'node:fs'

/** Prints one sentence and exits when Node is older than the workbook needs. */
export function requireNode(): void {
  const problem = nodeProblem(process.versions.node)
  if (problem === undefined) return
  console.error(problem)
  process.exit(1)
}

/** Says what is wrong with a Node of this version, if anything is. */
export function nodeProblem(version: string): string | undefined {
  const packageJson = new URL('../package.json', import.meta.url)
  const { engines } = JSON.parse(readFileSync(packageJson, 'utf8'))
  const oldest = engines.node.replace('>=', '')
  return isOlder(version, oldest)
    ? `The workbook needs Node ${oldest} or newer, this is Node ${version}: ` +
        'install a newer one from https://nodejs.org and run this again.'
    : undefined
}

function isOlder(version: string, oldest: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [oldestMajor = 0, oldestMinor = 0] = oldest.split('.').map(Number)
  return major === oldestMajor ? minor < oldestMinor : major < oldestMajor
}
