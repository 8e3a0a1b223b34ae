// Web Push as everybody writes it first: a list of subscriptions, and a loop
// that pushes each message to all of them. It runs, as long as everybody stays.
// `npm run check 11` tells what is still wrong.

import https from 'node:https'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'

import webpush, { type PushSubscription } from 'web-push'

import type { Feed, Message } from '../../feed.ts'
import type { LessonServer, ServeOptions } from '../../lesson.ts'
import { http2Server } from '../../shared/http2-server.ts'
import { publishRoute } from '../../shared/router.ts'
import { pushService } from '../push-service.ts'

export function serve(feed: Feed, options: ServeOptions = {}): LessonServer {
  const { heartbeatMs = 15_000, certificate } = options
  const keys = webpush.generateVAPIDKeys()
  const vapidDetails = { subject: 'mailto:workbook@example.com', ...keys }
  const agent = new https.Agent({ ca: certificate?.cert })
  const subscriptions = new Set<PushSubscription>()

  async function send(subscription: PushSubscription, message: Message) {
    const text = JSON.stringify(message)
    const settings = { TTL: 0, vapidDetails, agent }
    await webpush.sendNotification(subscription, text, settings)
  }

  // Whatever is published from now on goes to everybody who has subscribed.
  const ending = new AbortController()
  const closing = ending.signal
  feed.follow(feed.present, closing, (message) => {
    for (const subscription of subscriptions) send(subscription, message)
    return undefined
  })

  const port = () => (server.address() as AddressInfo).port
  const origin = () => `https://127.0.0.1:${port()}`
  const routes: Parameters<typeof http2Server>[2] = {
    ...publishRoute(feed, options),
    ...pushService({ origin, heartbeatMs, closing }), // The vendor's.

    'GET /messages'(_, response) {
      const { publicKey: applicationServerKey } = keys
      const after = feed.present
      response.end(JSON.stringify({ after, applicationServerKey }))
    },

    async 'POST /subscriptions'(request, response) {
      subscriptions.add((await json(request)) as PushSubscription)
      response.writeHead(201).end()
    },
  }

  const settings = { allowHTTP1: true } // `web-push` speaks it.
  const server = http2Server(import.meta.url, options, routes, settings)
  server.on('close', () => ending.abort())
  return server
}
