// What a control group grants: the share of a machine that a container has.

export interface Limits {
  readonly cpuLimit?: number
  readonly memoryLimitMiB?: number
}

/** The text of a file, or nothing where there is none. */
export type Read = (path: string) => string | undefined

const root = '/sys/fs/cgroup'
/** From here on it is version 1's word for "no limit". */
const unlimitedMiB = 2 ** 40

/** The narrowest limits on the way from the root to our own group. */
export function readLimits(read: Read): Limits {
  // Lines such as `0::/user.slice` (v2) or `4:memory:/docker/1f2e` (v1).
  const groups = (read('/proc/self/cgroup') ?? '').trim().split('\n')
  const cpus: number[] = []
  const memories: number[] = []
  for (const group of groups) {
    const [, controllers = '', path = '/'] = group.split(':')
    for (const way of upwards(path)) {
      if (controllers === '') {
        cpus.push(quotient(read(`${root}${way}/cpu.max`)))
        memories.push(mebibytes(read(`${root}${way}/memory.max`)))
      } else if (controllers.split(',').includes('cpu')) {
        const at = `${root}/cpu${way}/cpu.cfs`
        const quota = read(`${at}_quota_us`)
        cpus.push(quotient(`${quota} ${read(`${at}_period_us`)}`))
      } else if (controllers === 'memory') {
        const at = `${root}/memory${way}/memory.limit_in_bytes`
        memories.push(mebibytes(read(at)))
      }
    }
  }
  const cpuLimit = Math.min(...cpus.filter((limit) => limit > 0))
  const memoryLimitMiB = Math.min(
    ...memories.filter((limit) => limit < unlimitedMiB),
  )
  return {
    ...(Number.isFinite(cpuLimit) && { cpuLimit }),
    ...(Number.isFinite(memoryLimitMiB) && { memoryLimitMiB }),
  }
}

/** `/a/b`, `/a` and the root: inside a container the first two may be hidden. */
function upwards(path: string): string[] {
  const names = path.split('/').filter((name) => name !== '')
  return ['', ...names].map((_, depth) =>
    names
      .slice(0, names.length - depth)
      .map((name) => `/${name}`)
      .join(''),
  )
}

/** `quota period`, in us; `max`, -1 or nothing as the quota: no limit. */
function quotient(text: string | undefined): number {
  const [quota, period] = (text ?? '').trim().split(/\s+/).map(Number)
  return quota === undefined || period === undefined
    ? Number.NaN
    : quota / period
}

function mebibytes(text: string | undefined): number {
  return text === undefined ? Number.NaN : Math.floor(Number(text) / 2 ** 20)
}
