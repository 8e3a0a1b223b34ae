import type { Practice } from '../practice.ts'

export default {
  title: 'In production',
  about: 'a proxy in front of the server, and everybody who comes back at once',
  async run(args, signal) {
    // Whoever only lists the lessons needs none of it.
    const { command } = await import('./command.ts')
    await command(args, signal)
  },
} satisfies Practice
