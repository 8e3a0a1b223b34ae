import { expect, test } from 'vitest'

import { Names } from './names.ts'

test('a name is known to who made it, and to nobody else', () => {
  const names = new Names()
  const name = names.make()
  expect(name).toMatch(/^[\w-]{32}$/)
  expect(names.make()).not.toBe(name)
  expect(names.isOurs(name)).toBe(true)
  expect(new Names().isOurs(name)).toBe(false)
})

test('a name of which anything was changed is not ours', () => {
  const names = new Names()
  const name = names.make()
  for (let at = 0; at < name.length; at++) {
    const other = name[at] === 'A' ? 'Q' : 'A'
    const changed = name.slice(0, at) + other + name.slice(at + 1)
    expect(names.isOurs(changed), changed).toBe(false)
  }
  for (const strange of ['', 'x', name.slice(1), `${name}AAAA`, '../../..'])
    expect(names.isOurs(strange), strange).toBe(false)
})
