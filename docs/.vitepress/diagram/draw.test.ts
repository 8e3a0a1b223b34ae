// What a diagram is in a page.

import { describe, expect, it } from 'vitest'
import { createSSRApp } from 'vue'
import { renderToString } from 'vue/server-renderer'

import { draw } from './draw.ts'
import { parse } from './parse.ts'
import { diagramsOfLessons, everything } from './testing.ts'

const head =
  'sequenceDiagram\nparticipant C as Client\nparticipant S as Server\n'

function drawn(lines: string, id = 'sequence-1'): string {
  return draw(parse(head + lines), 'How it works', id).text
}

it('is one drawing for wide screens and one for phones', () => {
  const figure = drawn('C->>S: GET /\nS-->>C: 200')
  const drawings = figure.match(/<svg [\s\S]*?<\/svg>/g) ?? []
  expect(drawings).toHaveLength(2)
  for (const svg of drawings) {
    expect(svg.match(/class="message" points/g)).toHaveLength(1)
    expect(svg.match(/class="answer" points/g)).toHaveLength(1)
    expect(svg.match(/class="arrow"/g)).toHaveLength(2)
    expect(svg).toMatch(/<text class="message"[^>]*>GET \/<\/text>/)
  }
})

it('has a name that says what it is of, and its steps in words', () => {
  const figure = drawn('C->>S: GET /')
  expect(figure).toContain('<svg role="img" aria-labelledby="sequence-1-wide"')
  expect(figure).toContain(
    '<title id="sequence-1-wide">How it works: sequence diagram of Client and Server</title>',
  )
  expect(figure).toMatch(
    /<details><summary>The same in words<\/summary><ol><li>Client to Server: GET \/<\/li>/,
  )
})

it('is reached by keys where it must be scrolled, and only there', () => {
  expect(drawn('C->>S: GET /')).not.toContain('tabindex')
  const crowd = [...'ABCDEFGH'].map(
    (id) => `participant ${id}1 as Number ${id}`,
  )
  expect(drawn(crowd.join('\n'))).toMatch(
    /<div class="narrow" role="region" tabindex="0" aria-label="[^"]+">/,
  )
})

it('takes no colour, font or script along', () => {
  const figure = draw(parse(everything), '', 'x').text
  expect(figure).not.toMatch(
    /style|#[0-9a-f]{3,6}\b(?!;)|font-family|script|href/i,
  )
})

it('escapes what looks like HTML, in the drawing and its name', () => {
  const figure = draw(
    parse('sequenceDiagram\nactor C as <i>"me"\nC->>C: </text><script>&'),
    '<h>',
    'x',
  ).text
  expect(figure).not.toMatch(/<i>|<script|<h>|"me"/)
  expect(figure).toContain('&#60;/text&#62;&#60;script&#62;&#38;')
})

describe.each([
  ...(await diagramsOfLessons()),
  { name: 'one with everything', source: everything },
])('$name', ({ source }) => {
  const figure = draw(parse(source), 'How it works', 'sequence-1').text

  it('has each id once, and each that is referred to', () => {
    const ids = [...figure.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
    const named = [...figure.matchAll(/labelledby="([^"]+)"/g)]
    expect(new Set(ids).size).toBe(ids.length)
    expect(named.map(([, id]) => id)).toEqual(ids)
  })

  it('holds only finite numbers', () => {
    expect(figure).not.toMatch(/NaN|Infinity|undefined/)
  })

  it('is a template that Vue takes as it is', async () => {
    const template = figure.replaceAll('GET', '{{ GET }}')
    const page = await renderToString(createSSRApp({ template }))
    for (const part of ['{{ GET }}', '<text ', '<polyline ', '<path ', '<li>'])
      expect(page.split(part).length, part).toBe(template.split(part).length)
  })
})
