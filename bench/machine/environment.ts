// The machine that figures come from, so that others can tell why theirs
// differ. It names nobody: no user, no host, no folder.

import { readFileSync } from 'node:fs'
import {
  availableParallelism,
  cpus,
  release,
  totalmem,
  type as typeOfSystem,
  version,
} from 'node:os'

import type { Environment } from '../result.ts'
import { type Read, readLimits } from './limits.ts'
import { collect, gitState, nodeVersions, packageVersions } from './packages.ts'
import { virtualizationOf } from './virtualization.ts'

/** What the system tells; the rest of an environment has to be measured. */
export type KnownEnvironment = Omit<
  Environment,
  'clockOffsetUs' | 'noisePercent'
>

/** Settings of Linux that decide how much a connection may hold. */
const settings = [
  'net.core.somaxconn',
  'net.ipv4.tcp_congestion_control',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_wmem',
]

/** `read`: outside Linux it finds none of its files, and fields stay away. */
export async function readEnvironment(
  read: Read = readText,
): Promise<KnownEnvironment> {
  const clockSource = read(
    '/sys/devices/system/clocksource/clocksource0/current_clocksource',
  )?.trim()
  const virtualization = virtualizationOf(
    read('/proc/cpuinfo') ?? '',
    read('/sys/class/dmi/id/product_name'),
  )
  const git = await gitState()
  return {
    ...readMachine(read),
    kernel: release(),
    ...readLimits(read),
    memoryMiB: Math.round(totalmem() / 2 ** 20),
    ...(virtualization !== undefined && { virtualization }),
    ...(clockSource !== undefined && { clockSource }),
    versions: nodeVersions(),
    packages: packageVersions(),
    sysctl: readSettings(read),
    ...(git && { git }),
  }
}

/** What there is without asking other programs. */
export function readMachine(
  read: Read = readText,
): Pick<Environment, 'os' | 'cpu' | 'cores' | 'node'> {
  return {
    os: systemName(read('/etc/os-release')),
    cpu: cpus()[0]?.model.trim() || 'unknown',
    cores: availableParallelism(),
    node: process.version,
  }
}

function systemName(osRelease: string | undefined): string {
  const pretty = /^PRETTY_NAME="?(.*?)"?$/m.exec(osRelease ?? '')?.[1]
  if (pretty) return pretty
  if (process.platform === 'win32') return version()
  return process.platform === 'darwin' ? 'macOS' : typeOfSystem()
}

function readSettings(read: Read): Record<string, string> {
  const values = collect(settings, (name) =>
    read(`/proc/sys/${name.replaceAll('.', '/')}`)
      ?.trim()
      .replace(/\s+/g, ' '),
  )
  // What this process has: Node raises the soft limit to the hard one.
  const limits = read('/proc/self/limits') ?? ''
  const files = /^Max open files +(\S+)/m.exec(limits)?.[1]
  return files === undefined ? values : { ...values, 'ulimit -n': files }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
