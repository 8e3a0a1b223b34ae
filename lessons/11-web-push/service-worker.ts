// The service worker: the browser starts it when a push comes, whether a page
// is open or not, and has decrypted the push before.

import { decodePayload } from './payload.ts'

/** What TypeScript's types for pages lack. */
interface Worker extends EventTarget {
  readonly registration: ServiceWorkerRegistration
  readonly clients: {
    claim(): Promise<void>
    matchAll(options: object): Promise<(Client & { focus(): Promise<void> })[]>
    openWindow(url: string): Promise<unknown>
  }
  skipWaiting(): Promise<void>
}
interface Client {
  postMessage(message: unknown): void
}
interface WorkerEvent extends Event {
  readonly data?: { text(): string }
  readonly notification: Notification
  /** The browser ends the worker no sooner than this is over. */
  waitUntil(work: Promise<unknown>): void
}

const worker = self as unknown as Worker
const pages = { type: 'window', includeUncontrolled: true }

function on(name: string, act: (event: WorkerEvent) => Promise<unknown>) {
  worker.addEventListener(name, (event) => {
    const happening = event as WorkerEvent
    happening.waitUntil(act(happening))
  })
}

// #region push
on('push', async (event) => {
  const { id, data } = await messageOf(event.data?.text() ?? '')
  // A message that comes twice shows once: the tag is the same.
  await worker.registration.showNotification('HTTP Push Workbook', {
    body: data,
    tag: id,
  })
  for (const page of await worker.clients.matchAll(pages))
    page.postMessage({ id, data })
})
// #endregion push

/** Never fails: who shows nothing for a push loses the permission. */
async function messageOf(text: string) {
  try {
    const { id, data } = decodePayload(text)
    if (data !== undefined) return { id, data }
    const response = await fetch(`/messages/${id}`)
    return { id, data: response.ok ? await response.text() : 'A new message.' }
  } catch {
    return { id: '', data: text }
  }
}

on('notificationclick', async ({ notification }) => {
  notification.close()
  const [page] = await worker.clients.matchAll(pages)
  await (page ? page.focus() : worker.clients.openWindow('/'))
})

// A new version takes over at once, and pages that were there before it.
on('install', () => worker.skipWaiting())
on('activate', () => worker.clients.claim())
