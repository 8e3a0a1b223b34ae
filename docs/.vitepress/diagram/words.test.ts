// Diagrams in words.

import { expect, it } from 'vitest'

import { parse } from './parse.ts'
import { inWords, namesIn } from './words.ts'

const head =
  'sequenceDiagram\nparticipant C as Client\nparticipant S as Server\n'

function told(lines: string): string {
  return inWords(parse(head + lines)).text
}

it('tells who sends what to whom', () => {
  expect(told('C->>S: GET /\nS-->>C: 200\nC->>C: thinks\nS->>C:')).toBe(
    '<ol><li>Client to Server: GET /</li><li>Server to Client: 200</li>' +
      '<li>Client to itself: thinks</li><li>Server to Client</li></ol>',
  )
})

it('tells what got lost', () => {
  expect(told('C-xS: ping')).toContain(
    'Client to Server, lost on the way: ping',
  )
})

it('tells notes of those they are about', () => {
  expect(told('Note over C: waits\nNote over C,S: broken<br>off')).toBe(
    '<ol><li>Client: waits</li><li>Client and Server: broken off</li></ol>',
  )
})

it('tells frames as lists in the list', () => {
  expect(told('loop every 5 s\nC->>S: GET\nend')).toBe(
    '<ol><li>Again and again, every 5 s:<ol><li>Client to Server: GET</li></ol></li></ol>',
  )
  expect(told('alt new\nS->>C: 200\nelse\nS->>C: 304\nend')).toMatch(
    /Either, new:<ol>.*<\/ol><\/li><li>Or:<ol>/,
  )
})

it('marks code', () => {
  expect(told('C->>S: a `retry` b')).toContain('a <code>retry</code> b')
})

it('escapes what looks like HTML', () => {
  expect(told('C->>S: <b>&')).toContain('&#60;b&#62;&#38;')
})

it('enumerates those who take part', () => {
  expect(namesIn(parse(`${head}actor U as A<br>reader`))).toBe(
    'Client, Server and A reader',
  )
})
