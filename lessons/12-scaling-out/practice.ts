import type { Practice } from '../practice.ts'

export default {
  title: 'Scaling out',
  about: 'several servers carry one feed: fan-out, faults and what they cost',
  async run(args, signal) {
    // Whoever only lists the lessons needs no Redis, nor the package for it.
    const { command } = await import('./command.ts')
    await command(args, signal)
  },
} satisfies Practice
