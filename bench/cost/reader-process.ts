// The process of the subscribers: as many bare connections as asked for, each
// read as fast as it comes and only counted.

import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

const [port = '', count = ''] = process.argv.slice(2)

/** Servers without WebSocket take it for a plain request. */
const request = [
  'GET /messages HTTP/1.1',
  `Host: 127.0.0.1:${port}`,
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  '\r\n',
].join('\r\n')

const tilde = '~'.charCodeAt(0)
let messages = 0

for (let opened = 0; opened < Number(count); ) {
  const batch: Promise<unknown>[] = []
  for (; batch.length < 100 && opened < Number(count); opened++) {
    const socket = connect({ host: '127.0.0.1', port: Number(port) })
    batch.push(answered(socket))
  }
  await Promise.all(batch)
}
process.send?.({ messages })

process.on('message', () => process.send?.({ messages }))
process.on('disconnect', () => process.exit())

/** Resolves when the head of the answer is here. */
async function answered(socket: Socket): Promise<void> {
  socket.write(request)
  const [head] = await once(socket, 'data')
  if (!/^HTTP\/1.1 (200|101) /.test(head.toString('latin1')))
    throw new Error(`The server answered ${head.toString('latin1')}`)
  countIn(head)
  socket.on('data', countIn)
}

function countIn(chunk: Buffer): void {
  for (
    let at = chunk.indexOf(tilde);
    at !== -1;
    at = chunk.indexOf(tilde, at + 1)
  )
    messages++
}
