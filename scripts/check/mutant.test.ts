import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { edited, mutate } from './mutant.ts'

const server = new URL('../../lessons/05-websocket/server.ts', import.meta.url)

test('a text must be there exactly once', () => {
  expect(edited('a b', [['a', '$&']])).toBe('$& b')
  expect(() => edited('a a', [['a', 'b']])).toThrow(
    'The file must have this once, has it 2 times: a',
  )
  expect(() => edited('a', [['b', 'c']])).toThrow('has it 0 times')
})

test('a mutant stands elsewhere, and imports what it imported', () => {
  let file: string
  {
    using mutant = mutate(server, [['perMessageDeflate: false', 'mine: true']])
    file = fileURLToPath(mutant.url)
    const source = readFileSync(file, 'utf8')
    expect(source).toContain('mine: true')
    expect(source).toMatch(/from 'file:.*\/lessons\/shared\/http-server\.ts'/)
    expect(source).toMatch(/from 'file:.*\/node_modules\/ws\//)
    expect(source).toContain(`httpServer("${server.href}"`)
  }
  expect(existsSync(file)).toBe(false)
})
