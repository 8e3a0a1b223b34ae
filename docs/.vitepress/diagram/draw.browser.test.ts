// Diagrams in a real browser, with its fonts: what was measured without them.

import { readFile } from 'node:fs/promises'

import { expect } from 'vitest'

import { test as withBrowser } from '../../../lessons/browser-test.ts'
import { howToInstall } from '../../../scripts/chromium.ts'
import { draw } from './draw.ts'
import { parse } from './parse.ts'
import { diagramsOfLessons, everything } from './testing.ts'

const sources = [
  ...(await diagramsOfLessons()),
  { name: 'one with everything', source: everything },
]
const css = await readFile(new URL('../theme/diagram.css', import.meta.url))
const fonts = ['system-ui', 'serif', '"Liberation Sans", Arial']

/** The one for phones too. */
const all = '.sequence > div { display: block !important }'

for (const { name, source } of sources)
  withBrowser(
    `${name}: texts fit where they stand, in every font`,
    async ({ chromium, skip, onTestFinished }) => {
      if (chromium === undefined) return skip(howToInstall())
      const page = await chromium.newPage()
      onTestFinished(() => page.close())
      for (const font of fonts) {
        const figure = draw(parse(source), name, 'sequence').text
        const style = `${css} body { font-family: ${font} } ${all}`
        await page.setContent(`<style>${style}</style>${figure}`)
        expect(await page.evaluate(faults), font).toEqual([])
      }
    },
  )

/** In the page: texts on each other, across a box's edge or outside. */
function faults(): string[] {
  const found: string[] = []
  for (const svg of document.querySelectorAll('svg')) {
    const texts = [...svg.querySelectorAll('text')]
    const areas = texts.map((text) => text.getBoundingClientRect())
    const all = svg.getBoundingClientRect()
    const boxes = [...svg.querySelectorAll('rect')].map((box) =>
      box.getBoundingClientRect(),
    )
    for (const [index, area] of areas.entries()) {
      const name = texts[index]?.textContent ?? ''
      if (!isWithin(area, all)) found.push(`${name} is outside`)
      for (const other of areas.slice(index + 1))
        if (meet(area, other)) found.push(`${name} is on another text`)
      for (const box of boxes)
        if (meet(area, box) && !isWithin(area, box))
          found.push(`${name} is on the edge of a box`)
    }
  }
  return found

  /** More than the room that lines of text leave above and below. */
  function meet(one: DOMRect, other: DOMRect): boolean {
    return (
      one.left < other.right &&
      other.left < one.right &&
      one.top + 3 < other.bottom &&
      other.top + 3 < one.bottom
    )
  }

  function isWithin(inner: DOMRect, outer: DOMRect): boolean {
    return (
      inner.left >= outer.left &&
      inner.right <= outer.right &&
      inner.top >= outer.top - 3 &&
      inner.bottom <= outer.bottom + 3
    )
  }
}
