import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { findChromium, howToInstall, launchChromium } from './chromium.ts'
import { onWindows } from './cli/running-command.ts'

const suffix = process.platform === 'win32' ? '.exe' : ''
let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'workbook-chromium-'))
})

afterEach(() => {
  rmSync(folder, { recursive: true })
})

function addProgram(name: string): string {
  const path = join(folder, name + suffix)
  writeFileSync(path, '', { mode: 0o755 })
  return path
}

test('CHROMIUM names the browser by its path', () => {
  const CHROMIUM = addProgram('my-browser')
  expect(findChromium({ CHROMIUM, PATH: '' })).toBe(CHROMIUM)
})

test('CHROMIUM names the browser by a name on the PATH', () => {
  const path = addProgram('my-browser')
  expect(findChromium({ CHROMIUM: 'my-browser', PATH: folder })).toBe(path)
})

test('CHROMIUM comes before every browser on the PATH', () => {
  const CHROMIUM = addProgram('my-browser')
  addProgram('chromium')
  expect(findChromium({ CHROMIUM, PATH: folder })).toBe(CHROMIUM)
})

test.each(['missing', ''])(
  'CHROMIUM naming no program ("%s" in a folder) is refused by a sentence',
  (name) => {
    const CHROMIUM = join(folder, name)
    expect(() => findChromium({ CHROMIUM, PATH: folder })).toThrow(
      `CHROMIUM must name a Chromium, Chrome or Edge, got "${CHROMIUM}"`,
    )
  },
)

test('an empty CHROMIUM counts as none', () => {
  const path = addProgram('google-chrome')
  expect(findChromium({ CHROMIUM: '', PATH: folder })).toBe(path)
})

test('Chromium on the PATH comes before Chrome', () => {
  addProgram('google-chrome')
  const path = addProgram('chromium')
  expect(findChromium({ PATH: folder })).toBe(path)
})

test.each(['darwin', 'linux', 'win32', 'freebsd'])(
  'on %s a sentence tells how to get a browser',
  (platform) => {
    expect(howToInstall(platform)).toMatch(
      /^No Chromium, Chrome or Edge was found: .+, or set CHROMIUM .+\.$/,
    )
  },
)

test('what Playwright turns off in the browser stays off', async ({ skip }) => {
  skip(...onWindows('a script is no program'))
  const script = '#!/bin/sh\nprintf "%s\\n" "$@" >"$0.arguments"\n'
  const path = addProgram('my-browser')
  writeFileSync(path, script)
  vi.stubEnv('CHROMIUM', path)
  await expect(launchChromium()).rejects.toThrow()
  const lists = readFileSync(`${path}.arguments`, 'utf8')
    .split('\n')
    .filter((argument) => argument.startsWith('--disable-features='))
    .map((argument) => argument.replace(/.*=/, '').split(','))
  expect(lists).toHaveLength(2)
  expect(lists.at(-1)).toEqual(expect.arrayContaining(lists[0] ?? []))
})
