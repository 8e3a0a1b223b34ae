import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { Feed } from '../../feed.ts'

const { arch } = process

beforeEach(() => {
  vi.resetModules()
  Object.defineProperty(process, 'arch', { value: 'abacus' })
})

afterEach(() => {
  Object.defineProperty(process, 'arch', { value: arch })
  vi.resetModules()
})

test('a machine without a build of QUIC is told so in a sentence, and nothing else fails', async () => {
  const { default: lesson } = await import('../index.ts')
  const sentence = lesson.missing()
  expect(sentence).toBe(
    `WebTransport needs QUIC: the optional package @matrixai/quic has no build for ${process.platform}-abacus, or was left out of the installation. All other lessons work without it.`,
  )
  const certificate = { cert: '', key: '' }
  expect(() => lesson.serve(new Feed(), { certificate })).toThrow(sentence)
})
