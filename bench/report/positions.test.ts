import { expect, test } from 'vitest'

import { commonOf, ownNames } from './positions.ts'

const thoughts = ['50 ms RTT, 0 ms think time', '50 ms RTT, 100 ms think time']

test('what all positions share stands apart from what they do not', () => {
  expect(commonOf(thoughts)).toBe('50 ms RTT')
  expect(ownNames(thoughts)).toEqual(['0 ms think time', '100 ms think time'])
})

test('positions that share nothing keep their names', () => {
  const names = ['1 subscriber', '1,000 subscribers', 'RTT 20 ms, 1 % loss']
  expect(commonOf(names)).toBe('')
  expect(ownNames(names)).toEqual(names)
})

test('one alone is all of it, in the title and by itself', () => {
  expect(commonOf(thoughts.slice(0, 1))).toBe(thoughts[0])
  expect(ownNames(thoughts.slice(0, 1))).toEqual(thoughts.slice(0, 1))
})

test('a scenario without a knob has nothing to say', () => {
  expect(commonOf([''])).toBe('')
  expect(ownNames([''])).toEqual([''])
  expect(ownNames([])).toEqual([])
})
