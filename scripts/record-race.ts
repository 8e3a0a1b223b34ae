// `npm run record`: runs the race in a real browser, and keeps it as the run
// that the published site plays.
import { requireNode } from './node-version.ts'

requireNode()
const { runProgram } = await import('./cli/program.ts')
const { recordRace } = await import('./site/record-race.ts')
await runProgram(recordRace)
