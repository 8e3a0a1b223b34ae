// All topics in one session of WebTransport, which is in one connection of QUIC.

import { once } from 'node:events'

import { encodeLine } from '../../../lessons/03-http-streaming/json-lines.ts'
import { connect } from '../../../lessons/10-webtransport/connect.ts'
import { sessionUrl } from '../../../lessons/10-webtransport/messages.ts'
import type { QuicStream } from '../../../lessons/10-webtransport/quic/quic-stream.ts'
import { missingQuiche } from '../../../lessons/10-webtransport/quic/quiche.ts'
import { tcpRoutes } from '../../../lessons/10-webtransport/tcp-routes.ts'
import { webTransportServer } from '../../../lessons/10-webtransport/web-transport-server.ts'
import { localCertificate } from '../../../lessons/certificate.ts'
import { Feed } from '../../../lessons/feed.ts'
import { listen } from '../../../lessons/start.ts'
import { readMessages } from '../read-messages.ts'
import { topicsOf, type Way } from '../way.ts'

export default {
  title: 'Streams of WebTransport',
  implementation: 'lesson 10 on @matrixai/quic',
  lesson: '10-webtransport',
  missing: missingQuiche,

  async open(options) {
    const certificate = await localCertificate()
    const topics = topicsOf(options)
    let streams: readonly QuicStream[] = []
    const server = webTransportServer(
      undefined,
      { certificate },
      tcpRoutes(new Feed(), { certificate }),
      () => async (session, gone) => {
        const opening = topics.map(() => session.openStream('unidirectional'))
        streams = await Promise.all(opening)
        // So that a client knows of a stream, it needs a byte on it.
        for (const stream of streams) stream.write('\n')
        if (!gone.aborted) await once(gone, 'abort')
      },
    )
    const { url, close } = await listen(server, 0, '127.0.0.1')
    const link = await options.link(url)
    const { cert: ca } = certificate
    const client = await connect(link, sessionUrl(link, undefined), { ca })
    const opened = client.session.streams[Symbol.asyncIterator]()
    for (const _ of topics) {
      const { value } = await opened.next()
      readMessages(value as QuicStream, options)
    }
    return {
      send(message) {
        streams[message.topic]?.write(encodeLine(message))
      },
      async [Symbol.asyncDispose]() {
        client.close()
        await close()
      },
    }
  },
} satisfies Way
