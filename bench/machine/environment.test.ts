import { homedir, hostname, userInfo } from 'node:os'

import { expect, test } from 'vitest'

import { readEnvironment } from './environment.ts'

// Of the reference machine, shortened.
const files: Record<string, string> = {
  '/etc/os-release':
    'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nNAME="Debian GNU/Linux"\n',
  '/proc/cpuinfo': 'model name\t: AMD EPYC\nflags\t\t: fpu hypervisor avx\n',
  '/proc/self/cgroup': '0::/\n',
  '/sys/fs/cgroup/cpu.max': '200000 100000\n',
  '/sys/fs/cgroup/memory.max': '2147483648\n',
  '/sys/devices/system/clocksource/clocksource0/current_clocksource': 'tsc\n',
  '/proc/sys/net/core/somaxconn': '4096\n',
  '/proc/sys/net/ipv4/tcp_wmem': '4096\t16384\t4194304\n',
  '/proc/sys/net/ipv4/tcp_congestion_control': 'bbr\n',
  '/proc/self/limits':
    'Limit                     Soft Limit           Hard Limit           Units     \n' +
    'Max open files            32768                32768                files     \n',
}

test('tells what Linux tells', async () => {
  expect(await readEnvironment((path) => files[path])).toMatchObject({
    os: 'Debian GNU/Linux 12 (bookworm)',
    cpuLimit: 2,
    memoryLimitMiB: 2_048,
    virtualization: 'hypervisor',
    clockSource: 'tsc',
    sysctl: {
      'net.core.somaxconn': '4096',
      'net.ipv4.tcp_wmem': '4096 16384 4194304',
      'net.ipv4.tcp_congestion_control': 'bbr',
      'ulimit -n': '32768',
    },
  })
})

test('elsewhere, what is not known is not there', async () => {
  const environment = await readEnvironment(() => undefined)
  const always = [
    ...['os', 'kernel', 'cpu', 'cores', 'memoryMiB', 'node', 'versions'],
    ...['packages', 'sysctl'],
  ]
  const { git: _, ...rest } = environment
  expect(Object.keys(rest).sort()).toEqual(always.sort())
  expect(environment.os).not.toBe('')
  expect(environment.sysctl).toEqual({})
})

test('says which versions are measured', async () => {
  const { node, versions, packages, git } = await readEnvironment()
  expect(node).toBe(process.version)
  expect(versions.v8).toBe(process.versions.v8)
  for (const name of ['autocannon', 'better-sse', 'socket.io', 'tsx', 'ws'])
    expect(packages[name]).toMatch(/^\d+\.\d+\.\d+/)
  if (git) expect(git.commit).toMatch(/^[0-9a-f]{40,64}$/)
})

test('names neither user nor host nor folder', async () => {
  // Versions hold nothing private, but words that a user may be called by.
  const {
    versions: _,
    packages: __,
    node: ___,
    ...rest
  } = await readEnvironment()
  const text = Object.values(rest)
    .map((value) => JSON.stringify(value))
    .join(' ')
  const secrets = [
    ...[hostname(), userInfo().username],
    ...[homedir(), process.cwd(), process.execPath],
  ]
  for (const secret of secrets) {
    // As a word of its own: a host can be called `vm`.
    const escaped = secret.replace(/[^\w]/g, '\\$&')
    expect(text).not.toMatch(new RegExp(`(?<!\\w)${escaped}(?!\\w)`))
  }
})
