// `npm start`: every lesson's server at once, until Ctrl-C.
import { requireNode } from './node-version.ts'

requireNode()
// Not at the top: on an older Node these files might not even load.
const { runProgram } = await import('./cli/program.ts')
const { startCommand } = await import('./cli/start-command.ts')
await runProgram((signal) => startCommand(process.argv.slice(2), signal))
