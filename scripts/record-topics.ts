// `npm run record:topics`: measures what the charts of lesson 13 show, and keeps
// it beside each topic.
import { requireNode } from './node-version.ts'

requireNode()
const { runProgram } = await import('./cli/program.ts')
const { recordTopics } = await import('./site/record-topics.ts')
await runProgram(recordTopics)
