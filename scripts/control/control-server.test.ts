import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { makeCertificate } from '../../lessons/certificate.ts'
import { loadExercises } from '../../lessons/exercises.ts'
import { loadLessons } from '../../lessons/index.ts'
import type { ConnectionState, Subscription } from '../../lessons/lesson.ts'
import { connectionsOf } from '../../lessons/shared/connections.ts'
import {
  type ListeningServer,
  listen,
  type StartedServer,
  startServer,
} from '../../lessons/start.ts'
import { answerTo, request, soon } from '../../lessons/testing.ts'
import { controlServer } from './control-server.ts'
import { type Manifest, manifestSchema } from './manifest.ts'
import { RaceFeed } from './race-feed.ts'

const allowed = 'https://workbook.example'
const manifest: Manifest = {
  schema: manifestSchema,
  machine: { os: 'an OS', cpu: 'a CPU', cores: 2, node: 'v20.19.0' },
  lessons: [],
}
const lessons = (await loadLessons()).filter(
  ({ missing }) => missing?.() === undefined,
)
const exercises = await loadExercises()
const certificate = await makeCertificate()

let end: AbortController
let race: RaceFeed
let control: ListeningServer
let servers: StartedServer[]

beforeEach(async () => {
  end = new AbortController()
  race = new RaceFeed(end.signal)
  servers = await Promise.all(
    lessons.map((lesson) =>
      startServer(lesson, {
        feed: race.feed,
        ...(lesson.secure && { certificate }),
      }),
    ),
  )
  const server = controlServer(
    { manifest, race, servers },
    { origins: [allowed] },
  )
  control = await listen(server, 0, '127.0.0.1')
})

afterEach(async () => {
  end.abort()
  await Promise.all([control, ...servers].map((server) => server.close()))
})

function post(path: string, body: unknown, headers: object = {}) {
  return fetch(new URL(path, control.url), {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers },
  })
}

test('it tells where the servers are', async () => {
  const answer = await fetch(control.url)
  expect(answer.headers.get('content-type')).toBe('application/json')
  expect(await answer.json()).toEqual(manifest)
})

test('it knows nothing else, and says what there is', async () => {
  const answer = await fetch(new URL('/messages', control.url))
  expect(answer.status).toBe(404)
  expect(await answer.text()).toBe(
    'There is no /messages here, only GET /exercises, POST /check, POST /hint, GET /saves, GET /, POST /cut, POST /pace, POST /publish.\n',
  )
  const wrong = await fetch(new URL('/cut', control.url))
  expect(wrong.status).toBe(405)
})

describe('the pace', () => {
  test('is set, and answered', async () => {
    const pace = { ratePerS: 50, bytes: 64 }
    const answer = await post('/pace', pace)
    expect([answer.status, await answer.json()]).toEqual([200, pace])
    expect(race.pace).toEqual(pace)
    await race.feed.published(5_000, AbortSignal.timeout(5_000))
    expect(race.feed.read(race.feed.start)).not.toEqual([])
  })

  test.each([
    [{ bytes: 64 }, 'ratePerS must be a number from 0 to 50, got nothing.'],
    [
      { ratePerS: 51, bytes: 64 },
      'ratePerS must be a number from 0 to 50, got 51.',
    ],
    [
      { ratePerS: -1, bytes: 64 },
      'ratePerS must be a number from 0 to 50, got -1.',
    ],
    [
      { ratePerS: '4', bytes: 64 },
      'ratePerS must be a number from 0 to 50, got "4".',
    ],
    [
      { ratePerS: 4, bytes: 39 },
      'bytes must be a number from 40 to 100000, got 39.',
    ],
    [
      { ratePerS: 4, bytes: 1e6 },
      'bytes must be a number from 40 to 100000, got 1000000.',
    ],
    [{ ratePerS: 4, bytes: 64.5 }, 'bytes must be a whole number, got 64.5.'],
    [
      '{"ratePerS":1e999,"bytes":64}',
      'ratePerS must be a number from 0 to 50, got null.',
    ],
    ['4', 'The body must be a JSON object, got "4".'],
    ['[]', 'The body must be a JSON object, got "[]".'],
    ['null', 'The body must be a JSON object, got "null".'],
    ['', 'The body must be a JSON object, got "".'],
    ['{', 'The body must be a JSON object, got "{".'],
  ])('%j is refused by a sentence', async (body, sentence) => {
    const answer = await post('/pace', body)
    expect([answer.status, await answer.text()]).toEqual([400, `${sentence}\n`])
    expect(race.pace.ratePerS).toBe(0)
  })
})

describe('a message', () => {
  test('is published to the race', async () => {
    const answer = await post('/publish', { data: 'héllo\n\ud800' })
    expect(answer.status).toBe(201)
    expect(await answer.json()).toEqual({ id: race.feed.present })
    const [message] = race.feed.read(race.feed.start)
    expect(JSON.parse(message?.data ?? '')).toEqual({
      n: 1,
      sentAtMs: expect.any(Number),
      text: 'héllo\n\ud800',
    })
  })

  test('must be a string', async () => {
    const answer = await post('/publish', { data: 7 })
    expect(answer.status).toBe(400)
    expect(await answer.text()).toBe('data must be a string, got 7.\n')
  })

  test('may not be longer than 64 KiB', async () => {
    const answer = await post('/publish', { data: 'x'.repeat(65_536) })
    expect(answer.status).toBe(413)
    expect(race.feed.read(race.feed.start)).toEqual([])
  })
})

describe('a cut', () => {
  test.each(lessons)(
    'breaks every connection of lesson $number, which resumes',
    async (lesson) => {
      const server = servers[lessons.indexOf(lesson)]
      if (server === undefined) throw new Error('It was not started.')
      const sockets = connectionsOf(server.server)
      const states: ConnectionState['is'][] = []
      const subscription = lesson.subscribe(server.url, {
        ca: server.ca,
        retryMs: 1,
        intervalMs: 5,
        signal: end.signal,
        onState: ({ is }) => states.push(is),
      })
      const first = subscription.next()
      await soon(() => expect(states).toContain('open'))
      await untilReceived(subscription, first)
      const before = [...sockets]
      expect(before).not.toEqual([])

      const answer = await post('/cut', { url: server.url.href })
      expect(answer.status).toBe(204)
      expect(before.filter(({ destroyed }) => !destroyed)).toEqual([])
      const next = subscription.next()
      const { id } = await race.publish('after the cut')
      expect((await next).value?.id).toBe(id)
    },
  )

  test('leaves the connections of others alone', async () => {
    const [one, other] = servers
    if (one === undefined || other === undefined)
      throw new Error('It takes two lessons.')
    const sockets = connectionsOf(other.server)
    await fetch(other.url).then((answer) => answer.text())
    const before = [...sockets]
    expect(before).not.toEqual([])
    await post('/cut', { url: one.url.href })
    expect(before.filter(({ destroyed }) => destroyed)).toEqual([])
  })

  test.each(['http://127.0.0.1:1/', 'nonsense', ''])(
    'of %j is refused: there is no such server',
    async (url) => {
      const answer = await post('/cut', { url })
      expect(answer.status).toBe(404)
      expect(await answer.text()).toBe(
        `url must be of a server that GET / names, got ${JSON.stringify(url)}.\n`,
      )
    },
  )
})

describe('an exercise', () => {
  const numbers = exercises.map(({ number }) => number).join(', ')

  test.each([
    [99, '99'],
    ['4; true', '"4; true"'],
    ['../04-server-sent-events', '"../04-server-sent-events"'],
    [null, 'null'],
    [undefined, 'nothing'],
  ])('named %j is none of those that there are', async (exercise, shown) => {
    const sentence = `exercise must be one of ${numbers}, got ${shown}.\n`
    for (const path of ['/check', '/hint']) {
      const answer = await post(path, { exercise })
      expect([answer.status, await answer.text()]).toEqual([404, sentence])
    }
    const query = encodeURIComponent(`${exercise}`)
    const saves = new URL(`/saves?exercise=${query}`, control.url)
    expect((await fetch(saves)).status).toBe(404)
  })

  test('is not checked for a foreign page', async () => {
    const origin = 'https://evil.example'
    for (const path of ['/check', '/hint']) {
      const answer = await post(path, { exercise: 4 }, { origin })
      expect(answer.status).toBe(403)
    }
    for (const path of ['/exercises', '/saves?exercise=4']) {
      const url = new URL(path, control.url)
      const answer = await fetch(url, { headers: { origin } })
      expect(answer.status).toBe(403)
    }
  })
})

describe('pages', () => {
  const preflight = (origin: string) =>
    request(
      'OPTIONS /pace',
      'connection: close',
      `origin: ${origin}`,
      'access-control-request-method: POST',
      'access-control-request-headers: content-type',
      'access-control-request-private-network: true',
    )

  test.each(['http://127.0.0.1:5170', allowed])(
    'of %s may post JSON',
    async (origin) => {
      const { status, headers } = await answerTo(control.url, preflight(origin))
      expect(status).toBe('HTTP/1.1 204 No Content')
      expect(headers).toEqual(
        expect.arrayContaining([
          `access-control-allow-origin: ${origin}`,
          'access-control-allow-methods: POST',
          expect.stringMatching(/^access-control-allow-headers: content-type,/),
          'access-control-allow-private-network: true',
        ]),
      )
      const answer = await post('/publish', { data: 'mine' }, { origin })
      expect(answer.status).toBe(201)
      expect(answer.headers.get('access-control-allow-origin')).toBe(origin)
    },
  )

  test.each(['https://evil.example', 'null'])(
    'of %s may not',
    async (origin) => {
      const { status, headers } = await answerTo(control.url, preflight(origin))
      expect(status).toBe('HTTP/1.1 403 Forbidden')
      expect(headers.join('\n')).not.toContain('access-control-')
      const answer = await post('/publish', { data: 'mine' }, { origin })
      expect(answer.status).toBe(403)
      expect(race.feed.read(race.feed.start)).toEqual([])
    },
  )
})

/** Publishes until the subscription has begun. */
async function untilReceived(
  subscription: Subscription,
  first: ReturnType<Subscription['next']>,
): Promise<void> {
  let received = false
  const done = first.then(() => {
    received = true
  })
  await soon(() => {
    if (!received) race.publish('another')
    expect(received).toBe(true)
  })
  await done
  // What was published meanwhile.
  const last = race.feed.present
  const { value } = await first
  let id = value?.id
  while (id !== last) id = (await subscription.next()).value?.id
}
