import { expect, test } from 'vitest'

import { identify, identifyTransports } from './identity.ts'
import { themes } from './theme.ts'

const known = [
  'Short polling',
  'Long polling',
  'HTTP streaming',
  'Server-Sent Events',
  'WebSocket',
  'HTTP/2 server push',
  'Early Hints',
  'SSE over HTTP/2',
  'WebSocket over HTTP/2',
  'WebTransport',
  'Web Push',
  'raw TCP',
]

test('every colour stands out from both grounds', () => {
  const looks = identifyTransports([...known, 'a', 'b', 'c', 'd'])
  for (const [name, { colour }] of looks) {
    for (const { ground, paper } of Object.values(themes)) {
      expect(contrast(colour, ground), name).toBeGreaterThanOrEqual(3)
      expect(contrast(colour, paper), name).toBeGreaterThanOrEqual(3)
    }
  }
})

test('no two transports share a colour, or both a dash and a marker', () => {
  const looks = [...identifyTransports([...known, 'a', 'b', 'c']).values()]
  const shapes = looks.map(({ dash, marker }) => `${dash} ${marker}`)
  expect(new Set(looks.map(({ colour }) => colour)).size).toBe(looks.length)
  expect(new Set(shapes).size).toBe(looks.length)
})

test('the order of the transports changes nothing', () => {
  const names = [...known, 'Carrier pigeon', 'WebRTC']
  const turned = identifyTransports([...names].reverse())
  for (const [name, look] of identifyTransports(names)) {
    expect(turned.get(name)).toEqual(look)
  }
})

test('implementations of one transport share its hue and nothing else', () => {
  const transport = 'Server-Sent Events'
  const looks = identify([
    { id: 'lesson', transport },
    { id: 'library', transport },
  ])
  const [lesson, library] = [looks.get('lesson'), looks.get('library')]
  expect(library?.colour).toBe(lesson?.colour)
  expect(library?.filled).not.toBe(lesson?.filled)
  expect(library?.dash).not.toEqual(lesson?.dash)
})

test('a way to deliver a page looks like its transport, whatever carries a feed beside it', () => {
  const transport = 'HTTP/2 server push'
  const looks = identify([
    { id: 'lesson', transport, kind: 'lesson' },
    { id: 'node', transport, kind: 'way' },
    { id: 'chromium', transport, kind: 'way' },
  ])
  expect(looks.get('node')).toEqual(looks.get('lesson'))
  expect(looks.get('chromium')?.filled).toBe(false)
})

/** WCAG 2.2, "contrast ratio". */
function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort(
    (x, y) => y - x,
  )
  return (light + 0.05) / (dark + 0.05)
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
