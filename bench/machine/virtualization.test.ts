import { expect, test } from 'vitest'

import { virtualizationOf } from './virtualization.ts'

const guest =
  'model name\t: AMD EPYC\nflags\t\t: fpu rdrand hypervisor lahf_lm\n'
const metal = 'model name\t: AMD EPYC\nflags\t\t: fpu rdrand lahf_lm\n'

test('a guest whose host has no name', () => {
  // The reference machine.
  expect(virtualizationOf(guest)).toBe('hypervisor')
})

test.for([
  ['KVM\n', 'KVM'],
  ['Standard PC (Q35 + ICH9, 2009)', 'QEMU'],
  ['VMware7,1', 'VMware'],
  ['Virtual Machine', 'Hyper-V'],
  ['m7i.2xlarge', 'Amazon EC2'],
  ['the-laptop-of-alice', 'hypervisor'],
] as const)('a guest on %j', ([product, name]) => {
  expect(virtualizationOf(guest, product)).toBe(name)
})

test('a machine of its own', () => {
  expect(virtualizationOf(metal, 'ThinkPad X1')).toBeUndefined()
  expect(virtualizationOf('')).toBeUndefined()
})
