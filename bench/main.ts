// `npm run bench`: measures every transport, and says how far the figures go.
import { requireNode } from '../scripts/node-version.ts'

requireNode()
// Not at the top: on an older Node these files might not even load.
const { runProgram } = await import('../scripts/cli/program.ts')
const { benchCommand } = await import('./cli/bench-command.ts')
await runProgram((signal) => benchCommand(process.argv.slice(2), signal))
