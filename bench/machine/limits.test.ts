import { expect, test } from 'vitest'

import { readLimits } from './limits.ts'

function limitsOf(files: Record<string, string>) {
  return readLimits((path) => files[path])
}

test('version 2: the quota in periods, and the bytes', () => {
  expect(
    limitsOf({
      '/proc/self/cgroup': '0::/\n',
      '/sys/fs/cgroup/cpu.max': '150000 100000\n',
      '/sys/fs/cgroup/memory.max': '536870912\n',
    }),
  ).toEqual({ cpuLimit: 1.5, memoryLimitMiB: 512 })
})

test('a group has what the narrowest above it has', () => {
  expect(
    limitsOf({
      '/proc/self/cgroup': '0::/kubepods/pod1\n',
      '/sys/fs/cgroup/kubepods/cpu.max': '200000 100000\n',
      '/sys/fs/cgroup/kubepods/pod1/cpu.max': 'max 100000\n',
      '/sys/fs/cgroup/kubepods/memory.max': 'max\n',
      '/sys/fs/cgroup/kubepods/pod1/memory.max': '1073741824\n',
    }),
  ).toEqual({ cpuLimit: 2, memoryLimitMiB: 1_024 })
})

test('version 1 keeps the two apart', () => {
  expect(
    limitsOf({
      '/proc/self/cgroup': '4:memory:/docker/1f\n2:cpu,cpuacct:/docker/1f\n',
      '/sys/fs/cgroup/cpu/docker/1f/cpu.cfs_quota_us': '50000\n',
      '/sys/fs/cgroup/cpu/docker/1f/cpu.cfs_period_us': '100000\n',
      '/sys/fs/cgroup/memory/docker/1f/memory.limit_in_bytes': '268435456\n',
    }),
  ).toEqual({ cpuLimit: 0.5, memoryLimitMiB: 256 })
})

test('no limit is no figure', () => {
  // The reference machine.
  expect(
    limitsOf({
      '/proc/self/cgroup':
        '9:name=systemd:/\n4:memory:/\n2:cpuacct:/\n1:cpu:/\n0::/\n',
      '/sys/fs/cgroup/cpu/cpu.cfs_quota_us': '-1\n',
      '/sys/fs/cgroup/cpu/cpu.cfs_period_us': '100000\n',
      '/sys/fs/cgroup/memory/memory.limit_in_bytes': '9223372036854771712\n',
    }),
  ).toEqual({})
  expect(limitsOf({})).toEqual({})
})
