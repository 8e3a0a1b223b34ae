import { EventEmitter, once } from 'node:events'
import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { stdinFeed } from './stdin-feed.ts'

function stdin() {
  const input = new PassThrough({ highWaterMark: 16 })
  const end = new AbortController()
  const told: string[] = []
  const telling = new EventEmitter()
  const feed = stdinFeed(
    end.signal,
    (line) => {
      told.push(line)
      telling.emit('line')
    },
    () => input,
  )
  return { input, end, told, telling, feed }
}

async function untilTold(
  { told, telling }: ReturnType<typeof stdin>,
  count: number,
) {
  const signal = AbortSignal.timeout(5_000)
  while (told.length < count) await once(telling, 'line', { signal })
}

test('nothing is read before somebody subscribes: the writer waits', async () => {
  const one = stdin()
  expect(one.input.write('longer than the buffer is\n')).toBe(false)
  expect(one.input.readableFlowing).toBe(null)

  const cursor = one.feed.locate()
  expect(cursor).toBe(one.feed.present)
  one.input.end()
  await untilTold(one, 2)
  const [message] = one.feed.read(cursor)
  expect(message?.data).toBe('longer than the buffer is')
})

test('what cannot be published is told and skipped', async () => {
  const one = stdin()
  one.feed.locate()
  one.input.end(Buffer.from([0xff, 0x0a, 0x61]))
  await untilTold(one, 3)
  expect(one.told).toEqual([
    'the first subscriber is here: reading stdin',
    'line 1 is skipped: a message must be UTF-8 text, got other bytes',
    'stdin ended after 2 lines; the server stays up',
  ])
  expect(one.feed.read(one.feed.start).map(({ data }) => data)).toEqual(['a'])
})

test('a feed that ends lets go of stdin without a word', async () => {
  const one = stdin()
  one.feed.locate()
  one.input.write('a\n')
  await one.feed.published(5_000, one.end.signal)
  one.end.abort()
  await new Promise((resolve) => one.input.once('close', resolve))
  expect(one.told).toHaveLength(1)
})

test('stdin that breaks off is told', async () => {
  const one = stdin()
  one.feed.locate()
  one.input.write('a\n')
  await one.feed.published(5_000, one.end.signal)
  one.input.destroy(new Error('EIO: i/o error, read'))
  await untilTold(one, 2)
  expect(one.told[1]).toBe('stdin broke off after 1 line: EIO: i/o error, read')
})
