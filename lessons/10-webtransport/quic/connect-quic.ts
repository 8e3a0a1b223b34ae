// A connection of QUIC from the client's side: one socket of UDP for each.

import { randomBytes } from 'node:crypto'
import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { isIPv6 } from 'node:net'

import { connectionError } from '../../shared/connection-error.ts'
import { quicConfig, socketBufferBytes } from './quic-config.ts'
import { describeEnd, QuicConnection } from './quic-connection.ts'
import { loadQuiche } from './quiche.ts'

/**
 * Begins a connection to the server at `url`. Nobody has checked its
 * certificate yet when it opens.
 *
 * @throws ConnectionError when the system has no way there
 */
export async function connectQuic(
  url: URL,
  idleMs: number,
): Promise<QuicConnection> {
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  const socket = createSocket({
    type: isIPv6(host) ? 'udp6' : 'udp4',
    recvBufferSize: socketBufferBytes,
  })
  try {
    // A connected socket hears when nothing listens at the other end.
    socket.connect(Number(url.port || 443), host)
    await once(socket, 'connect')
  } catch (error) {
    socket.close()
    throw connectionError(error)
  }
  return begin(socket, host, idleMs)
}

function begin(socket: Socket, name: string, idleMs: number): QuicConnection {
  const own = socket.address()
  const peer = socket.remoteAddress()
  const local = { host: own.address, port: own.port }
  const remote = { host: peer.address, port: peer.port }
  const native = loadQuiche().Connection.connect(
    name,
    randomBytes(20),
    local,
    remote,
    quicConfig(idleMs),
  )
  let isClosed = false
  const connection = new QuicConnection(native, false, (packet) => {
    // ECONNREFUSED of an earlier packet may come here, or as 'error'.
    if (!isClosed) socket.send(packet, (error) => error && fail(error))
  })
  const fail = (error: Error) => connection.fail(error.message)
  socket.on('error', fail)
  socket.on('message', (packet) => connection.receive(packet, remote, local))
  connection.once('close', () => {
    // What says goodbye has been handed to the system.
    isClosed = true
    connection.release()
    setImmediate(() => socket.close())
  })
  connection.start()
  return connection
}

/** Resolves when the handshake is done. @throws ConnectionError when it fails */
export function handshake(connection: QuicConnection): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = () => {
      const { ended } = connection
      if (ended) reject(connectionError(new Error(describeEnd(ended))))
    }
    if (connection.ended) return fail()
    if (connection.isOpen) return resolve()
    connection.once('open', resolve)
    connection.once('close', fail)
  })
}
