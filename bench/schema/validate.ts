// Whether a file is a result: by the schema that is published beside this file.

import { readFile } from 'node:fs/promises'

import { Ajv2020 } from 'ajv/dist/2020.js'

const schema = new URL('result.v1.json', import.meta.url)

/** What is wrong, as sentences; none when it is a result. */
export async function problemsOf(value: unknown): Promise<string[]> {
  return (await validator())(value)
}

/** Prepared once, for many files. */
export async function validator(): Promise<(value: unknown) => string[]> {
  const ajv = new Ajv2020({ allErrors: true, strict: true })
  const isResult = ajv.compile(JSON.parse(await readFile(schema, 'utf8')))
  return (value) => {
    if (isResult(value)) return []
    return (isResult.errors ?? []).map(
      ({ instancePath, message, params }) =>
        `${instancePath || 'it'} ${message ?? 'is wrong'}${'additionalProperty' in params ? ` (${params.additionalProperty})` : ''}.`,
    )
  }
}
