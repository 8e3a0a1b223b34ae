// How a bare connection subscribes to Socket.IO: three protocols, each with its
// own handshake. https://socket.io/docs/v4/engine-io-protocol,
// https://socket.io/docs/v4/socket-io-protocol
//
// It never answers a ping. So the server has to be started with a `heartbeatMs`
// longer than the measurement, or it cuts the connection.

import type { LeanProtocol } from '../../contestant.ts'

const upgrade = [
  'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1',
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
]

/** A text frame with `40`: a message (4) that connects (0). Its mask is 0, which changes nothing. */
const connect = Buffer.from([0x81, 0x82, 0, 0, 0, 0, ...Buffer.from('40')])

export const lean: LeanProtocol = {
  hello: (host) => [...upgrade, `Host: ${host}`, '\r\n'].join('\r\n'),

  greeted(received) {
    const text = received.toString('latin1')
    if (!'HTTP/1.1 101 '.startsWith(text.slice(0, 13)) || text.includes('44{'))
      throw new Error(`Socket.IO refused the connection: ${text}`)
    if (text.includes('40{"sid"')) return true
    // The server opens, then waits: what it says ends here.
    return /0\{"sid".*\}$/s.test(text) ? connect : undefined
  },
}
