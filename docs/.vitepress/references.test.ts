// The committed results, of which none may be broken.

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

import { afterAll, expect, it } from 'vitest'

import { readReferences } from '../../bench/references.ts'
import { references } from './references.ts'

const path = await mkdtemp(join(tmpdir(), 'references-'))
const folder = pathToFileURL(`${path}/`)
const [good] = readReferences()

afterAll(() => rm(path, { recursive: true }))

function put(name: string, text: string): Promise<void> {
  return writeFile(join(path, name), text)
}

it('reads a new file, and names it to who watches', async () => {
  expect(references(undefined, folder)).toEqual([])
  await put('good.json', JSON.stringify(good?.result))
  const watched: string[] = []
  const [first] = references((file) => watched.push(file), folder)
  expect(first?.result).toEqual(good?.result)
  expect(watched).toEqual([join(path, 'good.json')])
})

it('gives the same array while nothing changes', () => {
  expect(references(undefined, folder)).toBe(references(undefined, folder))
})

it('fails on a result that lacks something, and says which and what', async () => {
  const { effort: _, ...rest } = good?.result ?? {}
  await put('broken.json', JSON.stringify(rest))
  expect(() => references(undefined, folder)).toThrow(
    /^bench\/results\/broken\.json is no result of the benchmark: .*effort/,
  )
})

it('fails on half a file, and says which', async () => {
  await put('broken.json', '{"schema":')
  expect(() => references(undefined, folder)).toThrow(
    /^bench\/results\/broken\.json is no JSON: /,
  )
})
