import type { Practice } from '../practice.ts'

export default {
  title: 'In production',
  about: 'what stands between a server and its clients: a proxy',
  async run(args, signal) {
    // Whoever only lists the lessons needs none of it.
    const { command } = await import('./command.ts')
    await command(args, signal)
  },
} satisfies Practice
