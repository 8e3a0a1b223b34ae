import { expect, test } from 'vitest'

import { parseLink } from './link-options.ts'

test('reads every part, in any order', () => {
  expect(parseLink('rtt=50,bw=1m,loss=1,by=nft')).toEqual({
    rttMs: 50,
    kbitPerS: 1_000,
    lossPercent: 1,
    by: 'nft',
  })
  expect(parseLink('loss=0.25,bw=500k')).toEqual({
    rttMs: 0,
    kbitPerS: 500,
    lossPercent: 0.25,
    by: 'proxy',
  })
})

test('a link without a bandwidth has no limit', () => {
  expect(parseLink('rtt=0.5')).toEqual({
    rttMs: 0.5,
    lossPercent: 0,
    by: 'proxy',
  })
})

test.for([
  [
    '',
    'expected a link like rtt=50,bw=1m,loss=1,by=nft, each part at most once, got ""',
  ],
  [
    'rtt=5,rtt=6',
    'expected a link like rtt=50,bw=1m,loss=1,by=nft, each part at most once, got "rtt=5,rtt=6"',
  ],
  [
    'rtt=5,mtu=9',
    'expected a link like rtt=50,bw=1m,loss=1,by=nft, each part at most once, got "rtt=5,mtu=9"',
  ],
  ['rtt=', 'expected rtt in ms from 0 to 10000, got ""'],
  ['rtt=-1', 'expected rtt in ms from 0 to 10000, got "-1"'],
  ['rtt=1e3', 'expected rtt in ms from 0 to 10000, got "1e3"'],
  ['rtt=10001', 'expected rtt in ms from 0 to 10000, got "10001"'],
  ['loss=51', 'expected loss in per cent from 0 to 50, got "51"'],
  ['loss=1%', 'expected loss in per cent from 0 to 50, got "1%"'],
  ['bw=1000', 'expected bw in bits a second like 500k, 1m or 10m, got "1000"'],
  ['bw=0k', 'expected bw in bits a second like 500k, 1m or 10m, got "0k"'],
  ['bw=1g', 'expected bw in bits a second like 500k, 1m or 10m, got "1g"'],
  ['by=tc', 'expected by=proxy or by=nft, got "tc"'],
] as const)('refuses %j', ([text, message]) => {
  expect(() => parseLink(text)).toThrow(new RangeError(message))
})
