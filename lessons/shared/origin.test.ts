import { describe, expect, test } from 'vitest'

import { corsHeaders, refuseForeign } from './origin.ts'
import { Refusal } from './refusal.ts'

/** The sentence of the refusal; undefined when host and origin may pass. */
function refusal(
  host: string | undefined,
  origin?: string,
  options?: Parameters<typeof refuseForeign>[2],
): string | undefined {
  try {
    refuseForeign(host, origin, options)
    return undefined
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    expect(error.status).toBe(403)
    return error.message
  }
}

describe('a program, which sends no Origin,', () => {
  test.each([
    'localhost',
    'localhost:8004',
    'LocalHost:8004',
    'app.localhost:8004',
    '127.0.0.1',
    '127.0.0.1:8004',
    '127.8.9.10:8004',
    '[::1]',
    '[::1]:8004',
    '192.168.1.20:8004',
    '[2001:db8::1]:8004',
    '0.0.0.0:8004',
  ])('may ask for host %s', (host) => {
    expect(refusal(host)).toBeUndefined()
  })

  test.each([
    'evil.example',
    'evil.example:8004',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'notlocalhost',
    '.evil.example',
    '127.evil.example',
    'localhost@evil.example',
    '::1.evil.example',
    '',
    'a b',
    undefined,
  ])('may not ask for host %j: that name was rebound', (host) => {
    expect(refusal(host)).toBe(
      `Host must be a name of this machine, such as 127.0.0.1 or localhost, got "${host}".`,
    )
  })

  test('may ask for a host that the server was told about', () => {
    const ask = (host: string) =>
      refusal(host, undefined, { hosts: ['push.example'] })
    expect(ask('push.example:8004')).toBeUndefined()
    expect(ask('other.example')).toBeDefined()
    expect(ask('x.push.example')).toBeDefined()
  })
})

describe('a page, which sends its Origin,', () => {
  test.each([
    ['127.0.0.1:8004', 'http://127.0.0.1:8004'],
    ['127.0.0.1:8004', 'http://127.0.0.1:5170'],
    ['127.0.0.1:8004', 'http://localhost:5170'],
    ['localhost:8006', 'https://localhost:8006'],
    ['localhost:8004', 'http://app.localhost'],
    ['127.0.0.1:8004', 'http://[::1]:5170'],
    ['192.168.1.20:8004', 'http://192.168.1.20:8004'],
    ['[2001:db8::1]:8004', 'http://[2001:db8::1]:8004'],
    ['192.168.1.20:8004', 'http://localhost:5170'],
  ])('may ask %s from %s', (host, origin) => {
    expect(refusal(host, origin)).toBeUndefined()
  })

  test.each([
    'http://evil.example',
    'https://evil.example:8004',
    'http://localhost.evil.example',
    'http://127.0.0.1.evil.example',
    'http://192.168.1.20:8004',
    'null',
    'file://',
    '',
    'localhost',
    'http://localhost@evil.example',
  ])('may not ask from %j', (origin) => {
    expect(refusal('127.0.0.1:8004', origin)).toBe(
      `Origin must be a page of this machine, such as http://127.0.0.1:8004, got "${origin}".`,
    )
  })

  test('may not ask under a name that was rebound, although it is its own', () => {
    const host = 'evil.example:8004'
    expect(refusal(host, `http://${host}`)).toMatch(/^Host must be/)
  })

  test('may ask under a name that the server was told about', () => {
    const hosts = ['push.example']
    const from = (origin: string) => refusal('push.example', origin, { hosts })
    expect(from('https://push.example')).toBeUndefined()
    expect(from('https://evil.example')).toMatch(/^Origin must be/)
  })

  test('may ask from an origin that the server was told about, and no other', () => {
    const origins = ['https://workbook.example']
    const from = (origin: string, host = '127.0.0.1:8004') =>
      refusal(host, origin, { origins })
    expect(from('https://workbook.example')).toBeUndefined()
    expect(from('http://localhost:5170')).toBeUndefined()
    for (const foreign of [
      'http://workbook.example',
      'https://workbook.example:8443',
      'https://x.workbook.example',
      'https://workbook.example.evil.example',
      'null',
    ])
      expect(from(foreign)).toMatch(/^Origin must be/)
    // Its name may still not be pointed here.
    expect(from('https://workbook.example', 'workbook.example')).toMatch(
      /^Host must be/,
    )
  })
})

test('only a page that asks is told that it may read the answer', () => {
  expect(corsHeaders(undefined)).toEqual({})
  expect(corsHeaders('http://localhost:5170')).toEqual({
    'access-control-allow-origin': 'http://localhost:5170',
    'access-control-expose-headers':
      'etag, link, location, feed-start, retry-after',
    vary: 'origin',
  })
})
