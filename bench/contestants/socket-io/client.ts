// Socket.IO, client side: events come and go by name.

import { rootCertificates } from 'node:tls'

import { io } from 'socket.io-client'

import type { Message } from '../../../lessons/feed.ts'
import type { SubscribeOptions, Subscription } from '../../../lessons/lesson.ts'
import {
  ConnectionError,
  connectionError,
} from '../../../lessons/shared/connection-error.ts'
import { Queue } from '../../../lessons/shared/queue.ts'
import { type Arrival, resuming } from '../../../lessons/shared/resuming.ts'

export function subscribe(
  url: URL,
  options: SubscribeOptions = {},
): Subscription {
  const { signal, ca } = options
  const socket = io(url.origin, {
    // Its options know no context of TLS, as `trust` makes one.
    ...(ca !== undefined && { ca: [...rootCertificates, ca] }),
    transports: ['websocket'],
    // Not one connection for all subscriptions of this process.
    forceNew: true,
    // `resuming` opens and reopens it, as it does for all others.
    autoConnect: false,
    reconnection: false,
  })

  async function* connect(): AsyncGenerator<Arrival> {
    const arrivals = new Queue<Arrival>()
    const leave = () => arrivals.end()
    signal?.addEventListener('abort', leave)
    socket.on('connect', () => arrivals.put({}))
    socket.on('message', (message: Message) => arrivals.put(message))
    socket.on('connect_error', (error) => arrivals.end(connectionError(error)))
    socket.on('disconnect', (why) => arrivals.end(new ConnectionError(why)))
    try {
      socket.connect()
      yield* arrivals
    } finally {
      signal?.removeEventListener('abort', leave)
      socket.off()
      socket.disconnect()
    }
  }

  /** While it is not connected, the package keeps what is emitted. */
  async function publish(data: string): Promise<void> {
    socket.emit('publish', data)
  }

  return resuming(connect, publish, options)
}
