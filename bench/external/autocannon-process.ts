// The process of autocannon, and of nothing else: its CPU time is autocannon's.

import autocannon from 'autocannon'

import { answerCalls } from '../processes/calls.ts'
import { autocannonOptions, readAutocannon } from './autocannon.ts'
import type { ProcessSettings } from './node-tool.ts'

const settings: ProcessSettings = JSON.parse(process.argv[2] ?? '')
const target = { ...settings, url: new URL(settings.url) }

answerCalls({
  async run({ seconds }: { seconds: number }) {
    const before = process.cpuUsage()
    const result = await autocannon(autocannonOptions(target, seconds))
    const { user, system } = process.cpuUsage(before)
    return { ...readAutocannon(result), cpuMs: (user + system) / 1_000 }
  },
})
