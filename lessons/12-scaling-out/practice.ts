import serverSentEvents from '../04-server-sent-events/index.ts'
import type { Practice } from '../practice.ts'
import { serve } from './server.ts'

export default {
  title: 'Scaling out',
  about: 'several servers carry one feed: fan-out, faults and what they cost',
  exercised: { ...serverSentEvents, serve },
  async run(args, signal) {
    // Whoever only lists the lessons needs no Redis, nor the package for it.
    const { command } = await import('./command.ts')
    await command(args, signal)
  },
} satisfies Practice
