// Reads a result file that somebody names on the command line.

import { readFile } from 'node:fs/promises'

import { CommandError } from '../../scripts/cli/command-error.ts'
import type { Result } from '../result.ts'
import { problemsOf } from '../schema/validate.ts'

/** @throws CommandError when there is none, or when it is something else */
export async function readResult(path: string): Promise<Result> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new CommandError(
      code === 'ENOENT'
        ? `There is no file ${path}. Results are in bench/results/local/ after a run.`
        : `${path} cannot be read: ${(error as Error).message}`,
      2,
    )
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new CommandError(
      `${path} must be a benchmark's result in JSON: ${(error as Error).message}`,
      2,
    )
  }
  const [problem] = await problemsOf(value)
  if (problem === undefined) return value as Result
  throw new CommandError(
    `${path} is no result of this benchmark: ${problem}`,
    2,
  )
}
