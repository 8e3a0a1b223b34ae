import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'

import { Refusal } from '../shared/refusal.ts'
import { Mailbox } from './mailbox.ts'
import type { PushHeaders } from './push-headers.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const paths = { subscription: '/s', push: '/p', message: '/m' }
const plain: PushHeaders = {
  ttlSeconds: 60,
  urgency: 'normal',
  topic: undefined,
  isEncrypted: false,
}

function filled(...texts: string[]) {
  const mailbox = new Mailbox(paths)
  for (const text of texts) mailbox.put(Buffer.from(text), plain)
  return mailbox
}

function put(mailbox: Mailbox, text: string, headers: Partial<PushHeaders>) {
  return mailbox.put(Buffer.from(text), { ...plain, ...headers })
}

function waiting(mailbox: Mailbox): string[] {
  return mailbox.waiting().map(({ body }) => body.toString())
}

function statusOf(act: () => unknown): number {
  try {
    act()
  } catch (error) {
    if (error instanceof Refusal) return error.status
  }
  return expect.fail('It was not refused.')
}

describe('a message waits', () => {
  test('in the order in which it came, until it is acknowledged', () => {
    const mailbox = filled('a', 'b', 'c')
    mailbox.acknowledge(2)
    expect(waiting(mailbox)).toEqual(['a', 'c'])
  })

  test('until its time is over', () => {
    const mailbox = filled('a minute')
    put(mailbox, 'a second', { ttlSeconds: 1 })
    vi.advanceTimersByTime(999)
    expect(waiting(mailbox)).toEqual(['a minute', 'a second'])
    vi.advanceTimersByTime(1)
    expect(waiting(mailbox)).toEqual(['a minute'])
    vi.advanceTimersByTime(59_000)
    expect(waiting(mailbox)).toEqual([])
  })

  test('until one with the same topic takes its place, at the end', () => {
    const mailbox = new Mailbox(paths)
    put(mailbox, 'score 1:0', { topic: 'score' })
    put(mailbox, 'hello', {})
    put(mailbox, 'score 2:0', { topic: 'score' })
    put(mailbox, 'hello again', {})
    expect(waiting(mailbox)).toEqual(['hello', 'score 2:0', 'hello again'])
    expect(statusOf(() => mailbox.find(1))).toBe(410)
  })

  test('not at all with TTL 0, when nobody is there', () => {
    const mailbox = new Mailbox(paths)
    expect(put(mailbox, 'now or never', { ttlSeconds: 0 })).toBe(1)
    expect(waiting(mailbox)).toEqual([])
  })
})

test('a full mailbox refuses one more, and says when to come back', () => {
  const mailbox = filled(...Array<string>(19).fill('x'))
  put(mailbox, 'old', { topic: 'news' })
  const more = () => put(mailbox, 'one more', {})
  expect(more).toThrow(Refusal)
  expect(statusOf(more)).toBe(429)
  expect(() => more()).toThrow(/^At most 20 messages wait for one receiver/)
  // One that takes a place finds it.
  put(mailbox, 'new', { topic: 'news' })
  expect(waiting(mailbox)).toHaveLength(20)
  mailbox.acknowledge(1)
  more()
})

test('a number that was never given is not found, one that was is gone', () => {
  const mailbox = filled('a')
  mailbox.acknowledge(1)
  expect(statusOf(() => mailbox.acknowledge(1))).toBe(410)
  for (const number of [0, 2, -1, 1.5, Number.NaN])
    expect(
      statusOf(() => mailbox.find(number)),
      `${number}`,
    ).toBe(404)
})

describe('who collects', () => {
  test('gets what waits, then what comes, each once', async () => {
    const mailbox = filled('a', 'b')
    const gone = new AbortController()
    const messages = mailbox.collect(gone.signal, 'very-low')
    const next = async () => (await messages.next()).value?.body.toString()
    expect(await next()).toBe('a')
    expect(await next()).toBe('b')
    const coming = next()
    put(mailbox, 'c', {})
    expect(await coming).toBe('c')
    const never = messages.next()
    gone.abort()
    expect((await never).done).toBe(true)
    expect(mailbox.isCollected).toBe(false)
  })

  test('takes over from who collected before, and gets all that is not acknowledged', async () => {
    const mailbox = filled('a', 'b')
    const { signal } = new AbortController()
    const before = mailbox.collect(signal, 'very-low')
    await before.next()
    mailbox.acknowledge(1)
    await before.next()
    const waits = before.next()
    const after = mailbox.collect(signal, 'very-low')
    expect((await after.next()).value?.body.toString()).toBe('b')
    expect((await waits).done).toBe(true)
    expect(mailbox.isCollected).toBe(true)
    await after.return()
    expect(mailbox.isCollected).toBe(false)
  })

  test('may ask for what is urgent only', async () => {
    const mailbox = new Mailbox(paths)
    put(mailbox, 'low', { urgency: 'low' })
    put(mailbox, 'high', { urgency: 'high' })
    const { signal } = new AbortController()
    const messages = mailbox.collect(signal, 'normal')
    expect((await messages.next()).value?.body.toString()).toBe('high')
    expect(waiting(mailbox)).toEqual(['low', 'high'])
    await messages.return()
  })

  test('gets a message with TTL 0, being there', async () => {
    const mailbox = new Mailbox(paths)
    const { signal } = new AbortController()
    const messages = mailbox.collect(signal, 'very-low')
    const coming = messages.next()
    put(mailbox, 'now', { ttlSeconds: 0 })
    expect((await coming).value?.body.toString()).toBe('now')
    await messages.return()
  })
})
