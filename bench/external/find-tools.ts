// The tools: ours first, then the ones that others know.

import { readFile } from 'node:fs/promises'

import { nodeTool } from './node-tool.ts'
import { refuseOtherMachines, type Target } from './outcome.ts'
import { findProgram } from './program.ts'
import { programs, programTool } from './program-tool.ts'
import { type Skipped, type Tool, yardstick } from './tool.ts'

export async function findTools(
  signal: AbortSignal,
  path?: string,
): Promise<{ tools: Tool[]; skipped: Skipped[] }> {
  const tools: Tool[] = [
    {
      id: 'ours',
      version: 'bench/external',
      start: (target, signal) => start('requests-process.ts', target, signal),
    },
    {
      id: yardstick,
      version: await autocannonVersion(),
      start: (target, signal) => start('autocannon-process.ts', target, signal),
    },
  ]
  const skipped: Skipped[] = []
  for (const program of programs) {
    const file = await findProgram(program.id, path)
    if (file === undefined)
      skipped.push({
        tool: program.id,
        reason: `${program.id} is not on this machine. Install it (${program.install}) to see its figures beside ours.`,
      })
    else tools.push(await programTool(program, file, signal))
  }
  return { tools, skipped }
}

function start(file: string, target: Target, signal: AbortSignal) {
  refuseOtherMachines(target.url)
  return nodeTool(file, target, signal)
}

async function autocannonVersion(): Promise<string> {
  const file = new URL(import.meta.resolve('autocannon/package.json'))
  return JSON.parse(await readFile(file, 'utf8')).version
}
