// A lesson that is no transport: a folder with a `practice.ts`.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { copyWorkbook } from './servers/workbook-copy.ts'

const practice = `
export default {
  title: 'By hand',
  about: 'what nobody has automated',
  async run(args, signal) {
    console.log(args.join('|'), signal.aborted)
  },
}
`

test('a folder with a practice.ts is a lesson, and no transport', async () => {
  const workbook = copyWorkbook()
  const folder = join(workbook.folder, 'lessons', '99-by-hand')
  mkdirSync(folder)
  writeFileSync(join(folder, 'practice.ts'), practice)

  const list = workbook.run('scripts/lesson.ts')
  const json = workbook.run('scripts/lesson.ts', '--json')
  const run = workbook.run('scripts/lesson.ts', 'by-hand', '--times', '3')
  const soak = workbook.run('scripts/soak.ts', '--lessons', '99')
  expect(await list.ends()).toBe(0)
  expect(list.stdout).toMatch(/^ 99 {2}By hand +npm run lesson 99$/m)
  expect(await json.ends()).toBe(0)
  expect(json.objects.at(-1)).toEqual({
    number: 99,
    folder: '99-by-hand',
    title: 'By hand',
  })
  expect(await run.ends()).toBe(0)
  expect(run.stdout).toBe('--times|3 false\n')
  expect(await soak.ends()).not.toBe(0)
  expect(soak.stderr).toMatch(/Lesson 99 is no transport, only 01-\S+/)
})
