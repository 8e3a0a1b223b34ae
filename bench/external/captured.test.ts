// What the tools have really printed: `captured/` holds the output of wrk 4.1.0,
// h2load 1.52.0 and autocannon 9.0.0 on a Node server that answers 304, answers
// 404, or breaks every tenth connection off.

import { readFile } from 'node:fs/promises'

import { describe, expect, test } from 'vitest'

import { autocannonOptions, readAutocannon } from './autocannon.ts'
import { h2loadVersion, readH2load } from './h2load.ts'
import { failureOf } from './outcome.ts'
import { readWrk, wrkVersion } from './wrk.ts'

const captured = (name: string) =>
  readFile(new URL(`captured/${name}`, import.meta.url), 'utf8')

describe('wrk', () => {
  test.each([
    [
      '304',
      { requests: 27_259, seconds: 27_259 / 24_789, errors: 0, refused: 0 },
    ],
    [
      '404',
      {
        requests: 24_314,
        seconds: 24_314 / 24_069.62,
        errors: 0,
        refused: 24_314,
      },
    ],
    [
      'broken',
      {
        requests: 11_323,
        seconds: 11_323 / 10_272.37,
        errors: 1_258,
        refused: 0,
      },
    ],
  ])('after %s', async (name, outcome) => {
    expect(readWrk(await captured(`wrk-${name}.txt`))).toEqual(outcome)
  })

  test('that prints something else is no result', () => {
    expect(() => readWrk('unable to connect')).toThrow(/unable to connect/)
  })

  test('names its version', () => {
    const printed =
      'wrk debian/4.1.0-3+b2 [epoll] Copyright (C) 2012 Will Glozer'
    expect(wrkVersion.exec(printed)?.[1]).toBe('4.1.0')
    expect(wrkVersion.exec('wrk 4.2.0 [kqueue]')?.[1]).toBe('4.2.0')
  })
})

describe('h2load', () => {
  test.each([
    ['304', { requests: 22_588, seconds: 1, errors: 0, refused: 0 }],
    ['404', { requests: 28_146, seconds: 1, errors: 0, refused: 28_146 }],
    // It opens no connection again, and takes none of this for an error.
    ['broken', { requests: 70, seconds: 1, errors: 0, refused: 0 }],
    ['nobody', { requests: 0, seconds: 0, errors: 0, refused: 0 }],
  ])('after %s', async (name, outcome) => {
    expect(readH2load(await captured(`h2load-${name}.txt`))).toEqual(outcome)
  })

  test('that reached nobody has failed, whatever its exit code', async () => {
    const outcome = readH2load(await captured('h2load-nobody.txt'))
    expect(failureOf({ ...outcome, cpuMs: 0 })).toMatch(
      /no request and no error/,
    )
  })

  test('that prints something else is no result', () => {
    expect(() => readH2load('')).toThrow(/no result/)
  })

  test('names its version', () => {
    expect(h2loadVersion.exec('h2load nghttp2/1.52.0')?.[1]).toBe('1.52.0')
  })
})

describe('autocannon', () => {
  test.each([
    ['304', { requests: 18_112, seconds: 1.02, errors: 0, refused: 0 }],
    ['404', { requests: 10_507, seconds: 1.02, errors: 0, refused: 10_507 }],
    // It opens them again, and takes none of this for an error.
    ['broken', { requests: 7_514, seconds: 1.01, errors: 0, refused: 0 }],
  ])('after %s', async (name, outcome) => {
    const result = JSON.parse(await captured(`autocannon-${name}.json`))
    expect(readAutocannon(result)).toEqual(outcome)
  })

  test('makes no requests up when it has a rate', () => {
    const target = {
      url: new URL('http://127.0.0.1:1/'),
      headers: {},
      connections: 1,
    }
    expect(autocannonOptions(target, 1)).not.toHaveProperty('overallRate')
    expect(autocannonOptions(target, 1, 50)).toMatchObject({
      overallRate: 50,
      ignoreCoordinatedOmission: true,
    })
  })
})

describe('a failure', () => {
  const good = { requests: 10, seconds: 1, errors: 0, refused: 0, cpuMs: 1 }
  test.each([
    [good, undefined],
    [{ ...good, requests: 0 }, /no request and no error/],
    [{ ...good, requests: 0, errors: 3 }, /no request, but 3 errors/],
    [{ ...good, refused: 1 }, /refused 1 of 10/],
    [{ ...good, errors: 2 }, /2 errors beside 10/],
  ])('%o', (outcome, sentence) => {
    if (sentence === undefined) expect(failureOf(outcome)).toBeUndefined()
    else expect(failureOf(outcome)).toMatch(sentence)
  })
})
