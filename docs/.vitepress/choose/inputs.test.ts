// What the calculator takes, and what it says to the rest.

import { expect, it } from 'vitest'

import { example, inputs, readInput } from './inputs.ts'

const inputOf = (id: string) => {
  const found = inputs.find((one) => one.id === id)
  if (found === undefined) throw new Error(`There is no input ${id}.`)
  return found
}

it.each(inputs)('$id is taken from one bound to the other', (input) => {
  const { least, most, id } = input
  expect(readInput(input, String(least))).toBe(least)
  expect(readInput(input, ` ${most} `)).toBe(most)
  expect(readInput(input, String(example[id]))).toBe(example[id])
})

it.each(inputs)('$id beyond its bounds is refused, and told them', (input) => {
  const { least, most, label, unit } = input
  for (const wrong of [least - 0.001, most + 1, -1, Number.NaN])
    expect(() => readInput(input, String(wrong))).toThrow(RangeError)
  expect(() => readInput(input, String(most + 1))).toThrow(label)
  expect(() => readInput(input, String(most + 1))).toThrow(
    `${most.toLocaleString('en')} ${unit}`,
  )
})

it.each([
  [
    'subscribers',
    '1.5',
    'Subscribers, who all get it: a whole number from 1 to 1,000,000 clients is needed, not "1.5".',
  ],
  [
    'rttMs',
    '',
    'Round trip of the network: a number from 0 to 2,000 ms is needed, not nothing.',
  ],
  [
    'everyS',
    'soon',
    'A message every: a number from 0.01 to 86,400 seconds is needed, not "soon".',
  ],
])('%s "%s" gets a sentence', (id, text, sentence) => {
  expect(() => readInput(inputOf(id), text)).toThrow(new RangeError(sentence))
})
