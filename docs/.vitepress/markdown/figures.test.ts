// Single figures within sentences.

import { expect, it } from 'vitest'

import { figuresIn } from './figures.ts'
import { renderWith } from './rendering.ts'

const mark = '<!-- figure push-latency p50Us 05-websocket -->'

it('puts the figure in its place, and watches where it comes from', async () => {
  const text = `WebSocket takes ${mark}, or *${mark}*.`
  const { html, includes } = await renderWith(figuresIn, 'docs/start.md', text)
  expect(html).toMatch(/takes <span class="bench-number">[\d.]+ (µs|ms)/)
  expect(html.match(/bench-number/g)).toHaveLength(2)
  expect(html).not.toContain('<!--')
  expect(includes).toContainEqual(expect.stringMatching(/push-latency\.json$/))
})

it('fails on a figure that does not exist, and says which do', async () => {
  const text = 'It takes <!-- figure push-latency p50Us nobody -->.'
  await expect(renderWith(figuresIn, 'docs/start.md', text)).rejects.toThrow(
    /no contestant of push-latency "nobody", only .*"05-websocket"/,
  )
})

it('fails where markdown would show nothing', async () => {
  const text = `${mark} is what it takes.`
  await expect(renderWith(figuresIn, 'docs/start.md', text)).rejects.toThrow(
    /must stand within a line/,
  )
})
