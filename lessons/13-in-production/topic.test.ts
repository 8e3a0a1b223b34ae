// `npm run lesson 13`: what it lists, and what it says to a name that is none.

import { readFileSync } from 'node:fs'

import { expect, test, vi } from 'vitest'

import { command } from './command.ts'
import { loadTopic, topicNames } from './topic.ts'

const page = readFileSync(new URL('README.md', import.meta.url), 'utf8')

test.each(topicNames())(
  '%s says what it shows, and is written up',
  async (name) => {
    const { about, run } = await loadTopic(name)
    expect(about).toMatch(/^\w.{20,}[^.]$/)
    expect(run).toBeTypeOf('function')
    expect(page).toContain(`npm run lesson 13 -- ${name}\n`)
  },
)

test('a chart of each recording stands in the write-up', async () => {
  for (const name of topicNames())
    if ((await loadTopic(name)).record)
      expect(page).toContain(`<!-- insert recorded ${name} -->`)
})

test('without a name it lists all', async () => {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  await command([], new AbortController().signal)
  const said = write.mock.calls.join('')
  write.mockRestore()
  for (const name of topicNames()) expect(said).toContain(name)
})

test('another name is answered with those that there are', async () => {
  const answer = command(['nginx'], new AbortController().signal)
  await expect(answer).rejects.toMatchObject({
    message: expect.stringMatching(
      /^There is no topic "nginx", only behind-nginx, .*who-may-listen\.$/,
    ),
    exitCode: 2,
  })
})
