import http2 from 'node:http2'
import { connect, createServer, type Socket } from 'node:net'
import { expect, test } from 'vitest'
import { event } from '../../lessons/testing.ts'
import { HpackDecoder } from './hpack.ts'

// https://www.rfc-editor.org/rfc/rfc7541.html#appendix-C.6
test('the examples of the standard are read, in their order', () => {
  const decoder = new HpackDecoder()
  // In the standard this direction's table has 256 bytes: section 6.3 says so.
  const first = `3fe101${'488264025885aec3771a4b6196d07abe941054d444a8200595040b8166e082a62d1bff6e919d29ad171863c78f0b97c8e9ae82ae43d3'}`
  const date = 'Mon, 21 Oct 2013 20:13:21 GMT'
  const others = [
    ['cache-control', 'private'],
    ['date', date],
    ['location', 'https://www.example.com'],
  ]
  const read = (hex: string) => decoder.decode(Buffer.from(hex, 'hex'))
  expect(read(first)).toEqual([[':status', '302'], ...others])
  expect(read('4883640effc1c0bf')).toEqual([[':status', '307'], ...others])
  expect(
    read(
      '88c16196d07abe941054d444a8200595040b8166e084a62d1bffc05a839bd9ab77ad94e7821dd7f2e6c7b335dfdfcd5b3960d5af27087f3672c1ab270fb5291f9587316065c003ed4ee5b1063d5007',
    ),
  ).toEqual([
    [':status', '200'],
    ['cache-control', 'private'],
    ['date', 'Mon, 21 Oct 2013 20:13:22 GMT'],
    ['location', 'https://www.example.com'],
    ['content-encoding', 'gzip'],
    ['set-cookie', 'foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1'],
  ])
})

test('what is cut off, or names a field that there is not, is an error', () => {
  const read = (hex: string) =>
    new HpackDecoder().decode(Buffer.from(hex, 'hex'))
  expect(() => read('40')).toThrow('The fields are cut off.')
  expect(() => read('4005616263')).toThrow('A text is cut off.')
  expect(() => read('be')).toThrow('There is no field 62.')
})

test('what Node sends is read', async () => {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await event(server, 'listening')
  const { port } = server.address() as { port: number }
  const joined = event(server, 'connection')
  const session = http2.connect(`http://127.0.0.1:${port}`, {
    createConnection: () => connect(port, '127.0.0.1'),
  })
  session.on('error', () => {}) // Nobody answers.
  const stream = session.request({ ':path': '/messages?after=a1b2-3' })
  stream.on('error', () => {})
  const [socket] = (await joined) as [Socket]
  try {
    let bytes = Buffer.alloc(0)
    const block = await new Promise<Buffer>((resolve) => {
      socket.on('data', (chunk) => {
        bytes = Buffer.concat([bytes, chunk])
        for (let at = 24; at + 9 <= bytes.length; ) {
          const end = at + 9 + bytes.readUIntBE(at, 3)
          if (bytes[at + 3] === 1 && end <= bytes.length)
            return resolve(bytes.subarray(at + 9, end))
          at = end
        }
      })
    })
    expect(new HpackDecoder().decode(block)).toEqual([
      [':path', '/messages?after=a1b2-3'],
      [':method', 'GET'],
      [':authority', `127.0.0.1:${port}`],
      [':scheme', 'http'],
    ])
  } finally {
    session.destroy()
    socket.destroy()
    server.close()
    await event(server, 'close')
  }
})
