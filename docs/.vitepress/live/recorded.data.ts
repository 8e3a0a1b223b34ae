// The recorded race as it ended: what pages show before it plays, and without
// scripts. The whole of it is loaded by those who play it.

import { readFileSync } from 'node:fs'

import { defineLoader } from 'vitepress'

import type { Machine } from '../../../scripts/control/manifest.ts'
import { readRecording } from './read-recording.ts'
import { finalRunners } from './replay.ts'
import type { Runner } from './runner.ts'

export interface Recorded {
  /** ISO 8601, UTC. */
  readonly recordedAt: string
  readonly machine: Machine
  readonly runners: readonly Runner[]
}

declare const data: Recorded

export { data }

export default defineLoader({
  watch: ['./recorded-race.json'],
  load([file = '']): Recorded {
    const recording = readRecording(JSON.parse(readFileSync(file, 'utf8')))
    const { recordedAt, machine } = recording
    return { recordedAt, machine, runners: finalRunners(recording) }
  },
})
