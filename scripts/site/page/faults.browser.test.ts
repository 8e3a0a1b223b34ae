// Each check of a page in the browser finds the fault that it is for.

import { expect } from 'vitest'

import { test } from '../../../lessons/browser-test.ts'
import { problemsInViews } from './accessibility.ts'
import { problemsByKeyboard } from './keyboard.ts'
import { problemsOfMotion } from './motion.ts'
import { problemsOnPaper } from './paper.ts'

/** The address of a page with this in its <main>. */
function pageWith(main: string, style = ''): URL {
  const html = `<!doctype html><html lang="en"><title>A page</title>
<meta name="viewport" content="width=device-width">
<style>${style}</style><main><h1>A page</h1>${main}</main>`
  return new URL(`data:text/html,${encodeURIComponent(html)}`)
}

const pale = '<p style="background: #fff; color: #ddd">pale</p>'

test('a page without faults is taken as such', async ({ open }) => {
  const page = await open(
    pageWith('<p>Fine</p><a href="https://example.org/">a link</a>'),
  )
  expect(await problemsByKeyboard(page)).toEqual([])
  expect(await problemsOfMotion(page)).toEqual([])
  expect(await problemsOnPaper(page)).toEqual([])
  expect(await problemsInViews(page)).toEqual([])
})

test('text too pale is found in every view', async ({ open }) => {
  const found = await problemsInViews(await open(pageWith(pale)))
  expect(found.map((one) => one.split(': ', 2).join(': '))).toEqual([
    '1280-light: color-contrast',
    '1280-dark: color-contrast',
    '390-light: color-contrast',
    '390-dark: color-contrast',
  ])
})

test('a fault by night alone is found', async ({ open }) => {
  const style = `@media (prefers-color-scheme: dark) {
    p { background: #000; color: #222 } }`
  const found = await problemsInViews(await open(pageWith('<p>dark', style)))
  expect(found).toEqual([
    expect.stringMatching(/^1280-dark: color-contrast/),
    expect.stringMatching(/^390-dark: color-contrast/),
  ])
})

test('a fault in what is folded away is found', async ({ open }) => {
  const folded = `<details><summary>More</summary>${pale}</details>`
  const found = await problemsInViews(await open(pageWith(folded)))
  expect(found).toEqual([
    expect.stringMatching(/^390-light: color-contrast/),
    expect.stringMatching(/^390-dark: color-contrast/),
  ])
})

test('a page that is too wide for a phone is found', async ({ open }) => {
  const wide = '<div style="height: 1em; width: 500px"></div>'
  const found = await problemsInViews(
    await open(pageWith(wide, 'body { margin: 0 }')),
  )
  expect(found).toEqual([
    '390-light: 110 px wider than the window',
    '390-dark: 110 px wider than the window',
  ])
})

test('a control whose focus is not seen is found', async ({ open }) => {
  const unseen = '<button style="outline: none">here</button>'
  const found = await problemsByKeyboard(await open(pageWith(unseen)))
  expect(found).toEqual([
    expect.stringMatching(/^nothing shows the focus of <button/),
  ])
})

test('a trap is found: what is behind it is not reached', async ({ open }) => {
  const trap = `<button onkeydown="event.preventDefault()">trap</button>
<a href="https://example.org/">behind it</a>`
  const found = await problemsByKeyboard(await open(pageWith(trap)))
  expect(found).toEqual([expect.stringMatching(/^Tab does not reach <a /)])
})

test('motion is found', async ({ open }) => {
  const style = `@keyframes turn { to { rotate: 1turn } }
    p { animation: turn 60s infinite }`
  const page = await open(pageWith('<p>round</p>', style))
  expect(await problemsOfMotion(page)).toEqual(['it moves: <p>round</p>'])
})

test('on paper a fold, a menu and a blank canvas are found', async ({
  open,
}) => {
  const page = await open(
    pageWith(`<nav class="VPNav">menu</nav><canvas></canvas>
<details><summary>More</summary><p>folded</p></details>`),
  )
  expect(await problemsOnPaper(page)).toEqual([
    expect.stringMatching(/^on paper it shows <nav/),
    expect.stringMatching(/^on paper it hides what is folded away: <p>folded/),
    expect.stringMatching(/^on paper it shows nothing in <canvas/),
  ])
})
