// Keeps what the topics of lesson 13 measure for their charts.
import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

import { readMachine } from '../../bench/machine/environment.ts'
import { describeMachine } from '../../bench/report/machine-words.ts'
import {
  loadTopic,
  type Recorded,
  topicNames,
} from '../../lessons/13-in-production/topic.ts'

const folder = new URL('../../lessons/13-in-production/', import.meta.url)

/** Takes five minutes: nothing else should keep the machine busy meanwhile. */
export async function recordTopics(signal: AbortSignal): Promise<void> {
  const machine = describeMachine(readMachine())
  for (const name of topicNames()) {
    const { record } = await loadTopic(name)
    if (record === undefined) continue
    const recorded: Recorded = {
      command: 'npm run record:topics',
      machine,
      date: new Date().toISOString().slice(0, 10),
      ...(await record(signal)),
    }
    if (signal.aborted) return
    const file = new URL(`${name}/recorded.json`, folder)
    await writeFile(file, `${JSON.stringify(recorded, rounded, 1)}\n`)
    console.log(fileURLToPath(file))
  }
}

/** More digits would only make the file longer. */
function rounded(_: string, value: unknown): unknown {
  return typeof value === 'number' ? Math.round(value * 1e4) / 1e4 : value
}
