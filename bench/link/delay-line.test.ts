import { expect, test } from 'vitest'
import { randomNumbers } from '../../lessons/requirements/random.ts'
import { DelayLine, type Piece } from './delay-line.ts'
import { segmentBytes, TokenBucket } from './token-bucket.ts'

/** When what comes out of a line comes out, with nobody too late to take it. */
function drain(line: DelayLine): [at: number, piece: Piece][] {
  const taken: [number, Piece][] = []
  for (let now = 0; line.nextAt !== undefined; ) {
    now = Math.max(now, line.nextAt)
    const piece = line.take(now)
    if (piece !== undefined) taken.push([now, piece])
  }
  return taken
}

/** The times alone. */
function times(line: DelayLine): number[] {
  return drain(line).map(([at]) => at)
}

/** Loses the segments with these numbers, from 0. */
function losing(...numbers: number[]): () => boolean {
  let next = 0
  return () => numbers.includes(next++)
}

const segment = Buffer.alloc(segmentBytes)

test('each piece takes half an RTT, and none comes out before', () => {
  const line = new DelayLine({ rttMs: 50 })
  line.put(Buffer.from('a'), 0)
  line.put(Buffer.from('b'), 10.25)
  line.put('end', 10.25)
  expect(line.take(24.99)).toBeUndefined()
  expect(drain(line)).toEqual([
    [25, Buffer.from('a')],
    [35.25, Buffer.from('b')],
    [35.25, 'end'],
  ])
  expect(line.nextAt).toBeUndefined()
  expect(line.bytes).toBe(0)
})

test('what is put in before the line is open leaves when it opens', () => {
  const line = new DelayLine({ rttMs: 50, opensAt: 50 })
  line.put('open', 0)
  line.put(segment, 0)
  line.put(segment, 60)
  expect(times(line)).toEqual([75, 75, 85])
})

test('a bandwidth spreads the segments of one chunk', () => {
  const bucket = new TokenBucket(1_000)
  const line = new DelayLine({ rttMs: 20, bucket })
  line.put(Buffer.alloc(segmentBytes * 3), 0)
  const each = segmentBytes / 125
  expect(times(line)).toEqual([10, 10 + each, 10 + each * 2])
})

test('two lines that share a bandwidth wait for each other', () => {
  const bucket = new TokenBucket(1_000)
  const [a, b] = [1, 2].map(() => new DelayLine({ rttMs: 20, bucket }))
  a?.put(segment, 0)
  b?.put(segment, 0)
  expect(a && times(a)).toEqual([10])
  expect(b && times(b)).toEqual([10 + segmentBytes / 125])
})

test('the last segment, lost, comes after a timeout of RTT + 200 ms', () => {
  const line = new DelayLine({ rttMs: 50, isLost: losing(1) })
  line.put(segment, 0)
  line.put(segment, 10)
  expect(times(line)).toEqual([25, 10 + 25 + 250])
})

test('three segments behind a lost one bring it after one more RTT', () => {
  const line = new DelayLine({ rttMs: 50, isLost: losing(0) })
  for (const now of [0, 1, 2, 3, 4]) line.put(segment, now)
  // Sent again at 3 + RTT; those behind it wait for it.
  expect(times(line)).toEqual([78, 78, 78, 78, 78])
})

test('two segments behind a lost one bring it no sooner', () => {
  const line = new DelayLine({ rttMs: 50, isLost: losing(0) })
  for (const now of [0, 1, 2]) line.put(segment, now)
  expect(times(line)).toEqual([275, 275, 275])
})

test('segments that are lost themselves ask for nothing', () => {
  const line = new DelayLine({ rttMs: 50, isLost: losing(0, 2) })
  for (const now of [0, 1, 2, 3, 4, 5]) line.put(segment, now)
  // The first is asked for by 1, 3 and 4, the other by 3, 4 and 5.
  expect(times(line)).toEqual([79, 79, 80, 80, 80, 80])
})

test('segments that come too late for a fast repair change nothing', () => {
  const line = new DelayLine({ rttMs: 50, isLost: losing(0) })
  for (const now of [0, 240, 241, 242]) line.put(segment, now)
  expect(times(line)).toEqual([275, 275, 275, 275])
})

test('a chunk is lost by its segments, and comes out whole', () => {
  const chunk = Buffer.from(randomNumbers(3)().toString().repeat(1_000))
  const line = new DelayLine({ rttMs: 50, isLost: losing(1) })
  line.put(chunk, 0)
  const taken = drain(line)
  expect(taken[0]?.[0]).toBe(25)
  expect(taken[1]?.[0]).toBe(75)
  const pieces = taken.map(([, piece]) => piece as Buffer)
  expect(Buffer.concat(pieces).equals(chunk)).toBe(true)
})

test('the same seed stalls the same segments, another one others', () => {
  const stalls = (seed: number) => {
    const random = randomNumbers(seed)
    const isLost = () => random() < 0.05
    const line = new DelayLine({ rttMs: 50, isLost })
    for (let now = 0; now < 1_000; now++) line.put(segment, now)
    return times(line)
  }
  expect(stalls(1)).toEqual(stalls(1))
  expect(stalls(1)).not.toEqual(stalls(2))
})

test('a line is full at its bandwidth-delay product and 256 KiB', () => {
  const bucket = new TokenBucket(8_000)
  const line = new DelayLine({ rttMs: 100, bucket })
  expect(line.capacity).toBe(100_000 + 256 * 1024)
  line.put(Buffer.alloc(line.capacity - 1), 0)
  expect(line.full).toBe(false)
  line.put(Buffer.alloc(1), 0)
  expect(line.full).toBe(true)
  line.take(1_000)
  expect(line.full).toBe(false)
})

test('a line that is cleared holds nothing', () => {
  const line = new DelayLine({ rttMs: 50 })
  line.put(segment, 0)
  line.clear()
  expect(line.bytes).toBe(0)
  expect(line.take(1_000)).toBeUndefined()
})
