import serverSentEvents from '../04-server-sent-events/index.ts'
import type { Practice } from '../practice.ts'
import { serve } from './server.ts'

export default {
  title: 'In production',
  about:
    'a proxy in front, users who log in, networks that forget, and a deploy tomorrow',
  exercised: { ...serverSentEvents, serve },
  async run(args, signal) {
    // Whoever only lists the lessons needs none of it.
    const { command } = await import('./command.ts')
    await command(args, signal)
  },
} satisfies Practice
