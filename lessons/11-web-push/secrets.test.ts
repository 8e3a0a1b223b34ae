// Keys stay where they are: in no log, in no answer, in no file that git keeps.

import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'

import { expect, test } from 'vitest'
import webpush from 'web-push'

import { soon } from '../testing.ts'
import lesson from './index.ts'
import { start, subscribed } from './test-server.ts'

const run = promisify(execFile)

test('a server that works, and one that fails, log no key and no address of a subscription', async () => {
  await using rig = await start()
  const { subscription, path, push } = await subscribed(rig)
  const answers: string[] = []
  const ask = async (...question: Parameters<typeof rig.request>) => {
    const { headers, body } = await rig.request(...question)
    answers.push(JSON.stringify(headers), body.toString())
  }
  await ask('GET', '/messages')
  await ask('POST', '/subscriptions', {}, JSON.stringify(subscription))
  await ask('POST', '/subscriptions', {}, '{')
  await ask('POST', push, { authorization: 'vapid t=a.b.c, k=x', ttl: '1' }, '')
  rig.feed.publish('hello')
  // Its restriction is another key's: the push service refuses for good.
  const vapid = webpush.generateVAPIDKeys()
  const restricted = await subscribed(rig, vapid.publicKey)
  const body = JSON.stringify(restricted.subscription)
  await ask('POST', '/subscriptions', {}, body)
  rig.feed.publish('hello')
  await soon(() => expect(rig.log).toHaveLength(1))
  expect(rig.log).toEqual(['A push service refused a message for good: 403.'])

  const secrets = [
    subscription.keys.auth,
    subscription.keys.p256dh,
    path,
    push,
    certificateKey(),
  ]
  for (const secret of secrets) {
    expect(rig.log.join('\n')).not.toContain(secret)
    expect(answers.join('\n')).not.toContain(secret)
  }
  expect(answers.join('\n')).not.toMatch(/privateKey/)

  function certificateKey(): string {
    return /\n(.+)\n/.exec(rig.certificate.key)?.[1] ?? 'none'
  }
})

test('a client that a server refuses names no key in its error', async () => {
  await using rig = await start()
  const subscription = lesson.subscribe(rig.url, {
    ca: rig.ca,
    after: 'yesterday',
  })
  const error = await subscription.next().catch((error) => error)
  expect(String(error)).toMatch(/yesterday/)
  expect(String(error)).not.toMatch(/[\w-]{22}/)
})

test('no file that git keeps holds a private key', async ({ skip }) => {
  const root = new URL('../../', import.meta.url)
  if (!existsSync(new URL('.git', root)))
    skip('This folder is no checkout of git: it keeps nothing.')
  const { stdout } = await run(
    'git',
    ['ls-files', '-z', 'lessons', 'scripts'],
    {
      cwd: root,
    },
  )
  const files = stdout
    .split('\0')
    .filter((name) => /\.(ts|json|md)$/.test(name))
  expect(files.length).toBeGreaterThan(100)
  for (const name of files) {
    const text = await readFile(new URL(name, root), 'utf8').catch(() => '')
    expect(text, name).not.toMatch(/BEGIN (EC )?PRIVATE KEY-----\n/)
    expect(text, name).not.toMatch(/"privateKey":\s*"[\w-]{43}"/)
  }
  const ignored = '.certificate/vapid.json'
  const { stdout: told } = await run('git', ['check-ignore', ignored], {
    cwd: root,
  })
  expect(told.trim()).toBe(ignored)
})
