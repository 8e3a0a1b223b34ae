// Finds the programs of this machine.

import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** The path of a program by its name, as a shell finds it. */
export function findProgram(
  name: string,
  env = process.env,
): string | undefined {
  if (/[\\/]/.test(name)) return undefined
  const file = process.platform === 'win32' ? `${name}.exe` : name
  return (env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, file))
    .find(isProgram)
}

/** Whether this user may run it. */
export function isProgram(path: string | undefined): path is string {
  if (!path) return false
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    // Not there, or not for this user: either way nothing that can be run.
    return false
  }
}
