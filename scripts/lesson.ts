// `npm run lesson`: the list of lessons, or one lesson's server and client.
import { requireNode } from './node-version.ts'

requireNode()
// Not at the top: on an older Node these files might not even load.
const { runProgram } = await import('./cli/program.ts')
const { lessonCommand } = await import('./cli/lesson-command.ts')
await runProgram((signal) => lessonCommand(process.argv.slice(2), signal))
