// Which version of everything was measured: Node, packages, and this tree.

import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const root = new URL('../../', import.meta.url)

const parts = ['v8', 'uv', 'openssl', 'nghttp2', 'llhttp', 'undici'] as const
const packages = [
  'autocannon',
  'better-sse',
  'hdr-histogram-js',
  'socket.io',
  'tsx',
  'ws',
] as const

/** What Node is made of. */
export function nodeVersions(): Record<string, string> {
  return collect(parts, (part) => process.versions[part])
}

/** Packages that figures depend on; those not installed are left out. */
export function packageVersions(): Record<string, string> {
  return collect(packages, (name) => {
    const file = new URL(`node_modules/${name}/package.json`, root)
    try {
      return JSON.parse(readFileSync(file, 'utf8')).version
    } catch {
      return undefined
    }
  })
}

/** Nothing where there is no git, or the tree came without its history. */
export async function gitState(): Promise<
  { commit: string; dirty: boolean } | undefined
> {
  const cwd = fileURLToPath(root)
  const git = async (...args: string[]) =>
    (await run('git', ['--no-optional-locks', ...args], { cwd })).stdout.trim()
  try {
    const commit = await git('rev-parse', 'HEAD')
    // New results change nothing about the next ones.
    const status = await git('status', '--porcelain', '.', ':!bench/results')
    return { commit, dirty: status !== '' }
  } catch {
    return undefined
  }
}

/** The values there are, by their names. */
export function collect(
  names: readonly string[],
  find: (name: string) => string | undefined,
): Record<string, string> {
  const found: Record<string, string> = {}
  for (const name of names) {
    const value = find(name)
    if (value !== undefined) found[name] = value
  }
  return found
}
