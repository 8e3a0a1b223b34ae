// The questions of a write-up, as they are read.

import { readFile } from 'node:fs/promises'

import { describe, expect, it } from 'vitest'

import { lessonFolders } from '../../../lessons/index.ts'
import { root } from '../root.ts'
import { parseAnswers } from './answers.ts'
import { predictionsIn } from './predictions.ts'

const text = `## Predict

**Who remembers the \`id\`?**

1. The server
2. The client

<details><summary>Answer</summary>

**2.** It sends it.

- Really.
</details>

## How it works
`

it('is read from the text that the code host shows', () => {
  expect(predictionsIn(text)).toEqual([
    {
      id: expect.stringMatching(/^[\da-f]{8}$/),
      question: 'Who remembers the `id`?',
      options: ['The server', 'The client'],
      right: 2,
      explanation: 'It sends it.\n\n- Really.',
    },
  ])
})

it('is another question in other words', () => {
  const idOf = (written: string) => predictionsIn(written)[0]?.id
  expect(idOf(text.replace('remembers', 'keeps'))).not.toBe(idOf(text))
  expect(idOf(text.replace('The server', 'A proxy'))).not.toBe(idOf(text))
  expect(idOf(text.replace('Really', 'Indeed'))).toBe(idOf(text))
})

it.each([
  ['no number', text.replace('**2.** ', ''), /begin with the number/],
  ['no list', text.replace(/^\d\. .+\n/gm, ''), /a numbered list/],
  [
    'a number that no option has',
    text.replace('**2.**', '**3.**'),
    /must be one of 2, got 3/,
  ],
])('with %s says what is wrong', (_, written, message) => {
  expect(() => predictionsIn(written)).toThrow(message)
})

const all = await Promise.all(
  (await lessonFolders()).map(async (folder) => {
    const path = `lessons/${folder}/README.md`
    const predictions = predictionsIn(
      await readFile(new URL(path, root), 'utf8'),
    )
    return { folder, predictions }
  }),
)

it.each(all)('$folder has two or three', ({ predictions }) => {
  expect([2, 3]).toContain(predictions.length)
  for (const { options } of predictions)
    expect([2, 3, 4]).toContain(options.length)
})

it('has the right answer in no place more often than in half of all', () => {
  const rights = all.flatMap(({ predictions }) =>
    predictions.map(({ right }) => right),
  )
  for (const place of [1, 2, 3]) {
    const there = rights.filter((right) => right === place)
    expect(there.length).toBeLessThan(rights.length / 2)
    expect(there.length).toBeGreaterThan(0)
  }
})

describe('what a browser has stored', () => {
  it('is read back', () => {
    expect(parseAnswers('{"ab12cd34":2}')).toEqual({ ab12cd34: 2 })
  })

  it.each([null, '', '{', '[]', 'null', '7', '{"ab12cd34":"2"}'])(
    'is nothing when it is %j',
    (stored) => expect(parseAnswers(stored)).toEqual({}),
  )
})
