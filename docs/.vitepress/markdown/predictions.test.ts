// Questions of a write-up as the page has them.

import { expect, it } from 'vitest'

import { predictions } from './predictions.ts'
import { renderWith } from './rendering.ts'

const text = `# Title

**Who remembers the \`id\`?**

1. The server
2. The *client*

<details><summary>Answer</summary>

**2.** See [below](#below).

It does.
</details>

## Below
`

it('are components, with all their markdown rendered', async () => {
  const { html } = await renderWith(predictions, 'docs/race.md', text)
  expect(html).toMatch(
    /<PredictQuestion id="[\da-f]{8}" :options="2" :right="2">\n<template #question>Who remembers the <code>id<\/code>\?<\/template>\n<template #option-1>The server<\/template>\n<template #option-2>The <em>client<\/em><\/template>\n<template #explanation>\n<p>See <a href="#below">below<\/a>\.<\/p>\n<p>It does\.<\/p>\n<\/template>\n<\/PredictQuestion>\n<h2/,
  )
})

it('fail on a question that the page could not ask', async () => {
  const wrong = text.replace('**2.** ', '')
  await expect(renderWith(predictions, 'docs/race.md', wrong)).rejects.toThrow(
    /begin with the number of the right one/,
  )
})
