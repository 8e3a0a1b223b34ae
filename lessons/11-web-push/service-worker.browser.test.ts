// The service worker in a real Chromium. Offline the browser cannot subscribe:
// the last hop, from a vendor's service to the browser, is played by DevTools,
// whose command ServiceWorker.deliverPushMessage hands over what was decrypted.
// All that follows is the browser's own.

import type { CDPSession, Page } from 'playwright-core'
import { expect, vi } from 'vitest'

import { eventually, isInState, shownOn, test } from '../browser-test.ts'
import { Feed } from '../feed.ts'
import { startServer } from '../start.ts'
import lesson from './index.ts'
import { encodePayload } from './payload.ts'

vi.setConfig({ testTimeout: 60_000 })

/** Allows notifications, and waits for the service worker. */
async function ready(page: Page): Promise<{
  deliver(data: string): Promise<void>
  /** Once so many were shown: those that are there. */
  notifications(shown: number): Promise<string[]>
}> {
  const { origin } = new URL(page.url())
  await page.context().grantPermissions(['notifications'], { origin })
  const devTools: CDPSession = await page.context().newCDPSession(page)
  const ids: string[] = []
  devTools.on(
    'ServiceWorker.workerRegistrationUpdated',
    ({ registrations }) => {
      for (const { registrationId } of registrations) ids.push(registrationId)
    },
  )
  let displayed = 0
  devTools.on('BackgroundService.backgroundServiceEventReceived', (event) => {
    const { eventName } = event.backgroundServiceEvent
    if (eventName === 'Notification displayed') displayed++
  })
  const service = 'notifications'
  await devTools.send('BackgroundService.startObserving', { service })
  const recording = { service, shouldRecord: true } as const
  await devTools.send('BackgroundService.setRecording', recording)
  await devTools.send('ServiceWorker.enable')
  // Before that, a push is lost without a word.
  const state = 'navigator.serviceWorker.ready.then((all) => all.active.state)'
  await eventually(() => page.evaluate(state), 'the service worker').toBe(
    'activated',
  )
  await eventually(() => ids, 'its registration').not.toEqual([])
  return {
    async deliver(data) {
      const [registrationId = ''] = ids
      const push = { origin, registrationId, data }
      await devTools.send('ServiceWorker.deliverPushMessage', push)
    },
    async notifications(shown) {
      // Chromium forgets a notification that it is asked for before it is shown.
      await eventually(() => displayed, 'notifications').toBe(shown)
      return page.evaluate(
        `navigator.serviceWorker.ready
          .then((registration) => registration.getNotifications())
          .then((all) => all.map(({ tag, body }) => tag + ': ' + body))`,
      )
    },
  }
}

test('a push is shown as a notification, and the open page is told', async ({
  certificate,
  open,
}) => {
  await using server = await startServer(lesson, { certificate })
  const page = await open(server.url)
  const { deliver, notifications } = await ready(page)

  await deliver(encodePayload({ id: 'test-7', data: 'hello ✓' }))

  await page.getByText('it has shown “hello ✓”.').waitFor()
  expect(await notifications(1)).toEqual(['test-7: hello ✓'])
  // At least once: the second one takes the place of the first.
  await deliver(encodePayload({ id: 'test-7', data: 'hello ✓' }))
  await deliver(encodePayload({ id: 'test-8', data: 'and another' }))
  await page.getByText('it has shown “and another”.').waitFor()
  expect((await notifications(3)).sort()).toEqual([
    'test-7: hello ✓',
    'test-8: and another',
  ])
})

test('a push is shown though no page is open', async ({
  certificate,
  open,
}) => {
  await using server = await startServer(lesson, { certificate })
  const page = await open(server.url)
  const { deliver, notifications } = await ready(page)
  await page.goto('about:blank')

  await deliver(encodePayload({ id: 'test-7', data: 'are you there?' }))

  // A page of this server is needed only to ask what was shown.
  await page.goto(server.url.href)
  expect(await notifications(1)).toEqual(['test-7: are you there?'])
})

test('the service worker asks for the data of a message that was too large', async ({
  certificate,
  open,
}) => {
  await using server = await startServer(lesson, { certificate })
  const page = await open(server.url)
  const { deliver, notifications } = await ready(page)
  const { id, data } = await server.feed.publish(`${'x'.repeat(5_000)} the end`)
  const payload = encodePayload({ id, data })
  expect(payload).not.toContain('the end')

  await deliver(payload)

  await page.getByText('the end”.').waitFor()
  expect(await notifications(1)).toEqual([`${id}: ${data}`])
})

test.for(['no JSON at all', '{"id":"test-1"}', ''])(
  'a push "%s" shows something: nothing would cost the permission',
  async (text, { certificate, open }) => {
    await using server = await startServer(lesson, { certificate })
    const page = await open(server.url)
    const { deliver, notifications } = await ready(page)
    await deliver(text)
    expect(await notifications(1)).toHaveLength(1)
  },
)

test('with the vendor’s service the page follows the feed through the service worker', async ({
  certificate,
  open,
}) => {
  await using server = await startServer(lesson, {
    certificate,
    feed: new Feed({ name: 'test' }),
  })
  const page = await open(server.url)
  const { deliver } = await ready(page)
  // What the browser cannot do offline, and what its server must allow: a
  // subscription, here one of the lesson's own push service.
  await page.addInitScript(`
    const { fetch } = window
    window.fetch = async (resource, init) => {
      const response = await fetch(resource, init)
      const { pathname } = new URL(resource, location.href)
      if (pathname !== '/messages') return response
      return Response.json({ ...await response.json(), takesVendors: true })
    }
    PushManager.prototype.subscribe = async ({ applicationServerKey }) => {
      const vapid = JSON.stringify({ vapid: applicationServerKey })
      const made = await fetch('/subscribe', { method: 'POST', body: vapid })
      const [, endpoint] = /<(.*)>/.exec(made.headers.get('link'))
      const pair = await crypto.subtle.generateKey(
        { name: 'ECDH', namedCurve: 'P-256' }, false, ['deriveBits'])
      const raw = await crypto.subtle.exportKey('raw', pair.publicKey)
      const text = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes)))
        .replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
      const auth = text(crypto.getRandomValues(new Uint8Array(16)))
      return { endpoint, keys: { p256dh: text(raw), auth } }
    }`)
  await page.reload()
  await isInState(page, 'open')
  // One is of the page before it was reloaded: it will expire.
  await eventually(() => server.feed.followerCount, 'a follower').toBe(2)

  await deliver(encodePayload({ id: 'test-1', data: 'one' }))
  await eventually(() => shownOn(page), 'the message').toEqual(['one'])
  await deliver(encodePayload({ id: 'test-1', data: 'one' }))
  await deliver(encodePayload({ id: 'test-2', data: 'two' }))
  await eventually(() => shownOn(page), 'the message').toEqual(['one', 'two'])
})

test('Chromium subscribes at no service of ours: offline there is none', async ({
  certificate,
  open,
}) => {
  await using server = await startServer(lesson, { certificate })
  const page = await open(server.url)
  await page.evaluate('navigator.serviceWorker.ready.then(() => {})')
  const answer = await page.evaluate(`(async () => {
    const { applicationServerKey } = await (await fetch('/messages')).json()
    const { pushManager } = await navigator.serviceWorker.ready
    const options = { userVisibleOnly: true, applicationServerKey }
    return pushManager.subscribe(options).then(
      () => 'subscribed', ({ name, message }) => name + ': ' + message)
  })()`)
  expect(answer).toMatch(/^(AbortError|NotAllowedError): Registration failed/)
})
