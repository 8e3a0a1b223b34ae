import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Edits } from './edits.ts'

let folder: string
let edits: Edits

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'workbook-edits-'))
  mkdirSync(join(folder, 'lesson'))
  write('lesson/server.ts', 'first')
  write('feed.ts', 'first')
  edits = new Edits(folder)
})

afterEach(() => {
  edits.close()
  rmSync(folder, { recursive: true, force: true })
})

function write(path: string, text: string): void {
  writeFileSync(join(folder, path), text)
}

/** As most editors save: another file takes the place of the old one. */
function replace(path: string, text: string): void {
  write(`${path}.tmp`, text)
  renameSync(join(folder, `${path}.tmp`), join(folder, path))
}

test('an edited file is told, in the folder and below', async () => {
  write('feed.ts', 'second')
  expect(await edits.next()).toBe('feed.ts')
  write('lesson/server.ts', 'second')
  expect(await edits.next()).toBe(join('lesson', 'server.ts'))
})

test('a file that is replaced is told each time', async () => {
  for (const text of ['second', 'third', 'fourth']) {
    replace('lesson/server.ts', text)
    expect(await edits.next()).toBe(join('lesson', 'server.ts'))
  }
})

test('an edit before anybody asks is told', async () => {
  write('feed.ts', 'second')
  const other = new Edits(folder)
  try {
    expect(await edits.next()).toBe('feed.ts')
    const next = other.next()
    write('lesson/server.ts', 'second')
    expect(await next).toBe(join('lesson', 'server.ts'))
  } finally {
    other.close()
  }
})

test('many at once are one', async () => {
  for (let n = 0; n < 20; n++) write('feed.ts', `${n}`)
  expect(await edits.next()).toBe('feed.ts')
  const next = edits.next()
  write('lesson/server.ts', 'the next one told')
  expect(await next).toBe(join('lesson', 'server.ts'))
})

test('a new folder is watched, and its files are told', async () => {
  mkdirSync(join(folder, 'new'))
  write('new/index.ts', 'first')
  expect(await edits.next()).toBe(join('new', 'index.ts'))
  write('new/index.ts', 'second')
  expect(await edits.next()).toBe(join('new', 'index.ts'))
})

test('a file that is deleted is told, and a folder', async () => {
  rmSync(join(folder, 'feed.ts'))
  expect(await edits.next()).toBe('feed.ts')
  rmSync(join(folder, 'lesson'), { recursive: true })
  expect(await edits.next()).toBe(join('lesson', 'server.ts'))
  mkdirSync(join(folder, 'lesson'))
  write('lesson/server.ts', 'again')
  expect(await edits.next()).toBe(join('lesson', 'server.ts'))
  write('lesson/server.ts', 'and again')
  expect(await edits.next()).toBe(join('lesson', 'server.ts'))
})

test('tests, other files and other rights are no edits', async () => {
  const next = edits.next()
  write('lesson/server.test.ts', 'a test')
  write('lesson/page.html', 'a page')
  write('lesson/server.ts~', 'a backup')
  chmodSync(join(folder, 'feed.ts'), 0o600)
  // What comes after them is the first to be told.
  write('lesson/client.ts', 'first')
  expect(await next).toBe(join('lesson', 'client.ts'))
})

test('where no events arrive, an edit is found by looking', async () => {
  const looking = new Edits(folder, { events: false, pollMs: 10 })
  try {
    write('lesson/server.ts', 'an edit of another length')
    expect(await looking.next()).toBe(join('lesson', 'server.ts'))
    replace('feed.ts', 'one more')
    expect(await looking.next()).toBe('feed.ts')
  } finally {
    looking.close()
  }
})

test('what is ignored is no part of it', async () => {
  const others = new Edits(folder, { ignore: /^lesson/ })
  try {
    write('lesson/server.ts', 'an edit that nobody wants to know of')
    write('feed.ts', 'another one')
    expect(await others.next()).toBe('feed.ts')
  } finally {
    others.close()
  }
})

test('a file that is emptied first and then written is one edit', async () => {
  const next = edits.next()
  write('feed.ts', '')
  await sleep(200) // Longer than it takes to see the empty one.
  write('feed.ts', 'second')
  expect(await next).toBe('feed.ts')
  write('lesson/server.ts', 'second')
  expect(await edits.next()).toBe(join('lesson', 'server.ts'))
})
