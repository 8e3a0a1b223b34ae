// Every lesson says what it can do, and there is a word for it.

import { describe, expect, it } from 'vitest'

import { loadLessons } from '../../../lessons/index.ts'
import { labels } from './labels.ts'

describe.each(await loadLessons())('$title', ({ capabilities }) => {
  it.each(Object.keys(labels) as (keyof typeof labels)[])(
    'has a word for %s',
    (name) => {
      const { is, because } = capabilities[name]
      const words: Record<string, string> = labels[name].words
      expect(words[String(is)]).toBeTruthy()
      expect(because).toBeTruthy()
    },
  )
})
