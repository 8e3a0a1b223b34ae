// `npm run check`: the list of exercises, or what is still wrong with one.
import { requireNode } from './node-version.ts'

requireNode()
// Not at the top: on an older Node these files might not even load.
const { runProgram } = await import('./cli/program.ts')
const { checkCommand } = await import('./check/check-command.ts')
await runProgram((signal) => checkCommand(process.argv.slice(2), signal))
