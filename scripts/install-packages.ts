// Installs Debian's packages, where that needs no questions: as root.
import { findProgram } from '../lessons/shared/find-program.ts'
import { runChild } from './child.ts'

const limitMs = 10 * 60_000

/** True when this is root on a Linux that has apt-get. */
export function canInstall(): boolean {
  const isRoot = process.getuid?.() === 0
  return process.platform === 'linux' && isRoot && !!findProgram('apt-get')
}

/** Installs these; throws with apt's own words if that fails. */
export async function installPackages(
  names: readonly string[],
  signal?: AbortSignal,
): Promise<void> {
  await aptGet(['update'], signal)
  await aptGet(['install', '-y', '--no-install-recommends', ...names], signal)
}

async function aptGet(
  args: readonly string[],
  signal?: AbortSignal,
): Promise<void> {
  const limit = AbortSignal.timeout(limitMs)
  const { code, output } = await runChild(
    'apt-get',
    // Another program may hold dpkg's lock: wait for it instead of failing.
    ['-o', 'DPkg::Lock::Timeout=300', ...args],
    {
      env: { DEBIAN_FRONTEND: 'noninteractive' },
      quiet: true,
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
    },
  ).catch((error) => {
    if (!limit.aborted) throw error
    throw new Error(
      `apt-get ${args[0]} did not end within ${limitMs / 60_000} minutes: ` +
        'check the network, or install by hand what is missing.',
    )
  })
  if (code !== 0) {
    throw new Error(`apt-get ${args[0]} ended with code ${code}:\n${output}`)
  }
}
