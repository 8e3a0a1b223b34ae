// Both sides of RFC 8292: what the application server signs, the push service
// takes, and nothing else.

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

import { afterEach, describe, expect, test, vi } from 'vitest'
import webpush from 'web-push'

import { Refusal } from '../shared/refusal.ts'
import { VapidCheck } from './vapid-check.ts'
import { authorizer, loadVapidKeys, type VapidKeys } from './vapid-keys.ts'

afterEach(() => void vi.useRealTimers())

const audience = 'https://127.0.0.1:8011'
const none = new URL('file:///nowhere/vapid.json')
const keys = loadVapidKeys(none)
const good = authorizer(keys)(audience)
const rule = { audience, key: keys.publicKey }

function signed(
  from: VapidKeys,
  { aud = audience, exp }: { aud?: string; exp?: number } = {},
): string {
  const { subject, publicKey, privateKey } = from
  return webpush.getVapidHeaders(
    aud,
    subject,
    publicKey,
    privateKey,
    'aes128gcm',
    exp,
  ).Authorization
}

function refusalOf(authorization: string | undefined, own = rule): Refusal {
  try {
    new VapidCheck().check(authorization, own)
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
  return expect.fail('It was taken.')
}

describe('the push service', () => {
  test('takes a token that the right key signed for it', () => {
    const check = new VapidCheck()
    check.check(good, rule)
    check.check(good, rule)
    check.check(good, { audience, key: undefined })
    check.check(undefined, { audience, key: undefined })
  })

  test('asks for a token where there is none and must be one: 401', () => {
    const { status, headers } = refusalOf(undefined)
    expect(status).toBe(401)
    expect(headers['www-authenticate']).toBe('vapid')
  })

  test('refuses the token of another application server: 403', () => {
    const other = signed(loadVapidKeys(none))
    expect(refusalOf(other)).toMatchObject({
      status: 403,
      message: expect.stringMatching(/from another application server/),
    })
    // And one that only names the right key.
    const [token = ''] = other.split(', k=')
    const forged = `${token}, k=${keys.publicKey}`
    expect(refusalOf(forged).message).toMatch(/must be signed with ES256/)
  })

  test('refuses a token for another push service: 403', () => {
    const aud = 'https://push.example'
    const { status, message } = refusalOf(signed(keys, { aud }))
    expect(status).toBe(403)
    expect(message).toMatch(/for the audience \(aud\) https:\/\/127\.0\.0\.1/)
  })

  test('refuses a token that is over, also one that it has taken before: 403', () => {
    vi.useFakeTimers()
    const exp = Math.floor(Date.now() / 1_000) + 60
    const token = signed(keys, { exp })
    const check = new VapidCheck()
    check.check(token, rule)
    vi.advanceTimersByTime(61_000)
    expect(() => check.check(token, rule)).toThrow(/must expire/)
  })

  test.each([
    '',
    'vapid',
    'vapid t=, k=',
    'Bearer abc',
    'vapid t=a.b.c',
    `vapid t=a.b.c, k=${keys.publicKey}`,
    good.replace('vapid', 'WebPush'),
    good.slice(0, 80),
    good.replace('t=', 't=x'),
  ])('refuses %j: 403', (authorization) => {
    expect(refusalOf(authorization).status).toBe(403)
  })

  test('refuses a token that claims to need no signature: 403', () => {
    const part = (value: object) =>
      Buffer.from(JSON.stringify(value)).toString('base64url')
    const exp = Math.floor(Date.now() / 1_000) + 60
    const token = `${part({ alg: 'none' })}.${part({ aud: audience, exp })}.`
    const { status } = refusalOf(`vapid t=${token}, k=${keys.publicKey}`)
    expect(status).toBe(403)
  })
})

describe('the application server', () => {
  test('signs once for each push service, and anew after six hours', () => {
    let nowMs = Date.now()
    const authorize = authorizer(keys, () => nowMs)
    const first = authorize(audience)
    expect(authorize(audience)).toBe(first)
    expect(authorize('https://push.example')).not.toBe(first)
    nowMs += 6 * 3_600_000
    expect(authorize(audience)).not.toBe(first)
  })

  test('makes itself keys at every start', () => {
    expect(keys.areKept).toBe(false)
    expect(loadVapidKeys(none).privateKey).not.toBe(keys.privateKey)
  })

  test('takes those that it finds, and says nothing of what is in a bad file', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'vapid-'))
    try {
      const path = join(dir, 'vapid.json')
      const made = webpush.generateVAPIDKeys()
      await writeFile(path, JSON.stringify(made))
      expect(loadVapidKeys(pathToFileURL(path))).toMatchObject({
        ...made,
        areKept: true,
      })
      for (const bad of [
        '',
        'null',
        made.privateKey,
        JSON.stringify({ ...made, privateKey: 'short' }),
      ]) {
        await writeFile(path, bad)
        const load = () => loadVapidKeys(pathToFileURL(path))
        expect(load).toThrow(
          `${path} must hold what "npx web-push generate-vapid-keys --json" prints, got something else. Make it anew, or remove it.`,
        )
      }
    } finally {
      await rm(dir, { recursive: true })
    }
  })
})
