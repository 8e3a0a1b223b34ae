import { describe, expect, test } from 'vitest'

import {
  decodeFrame,
  encodeGreeting,
  encodeMessage,
  heartbeatFrame,
  webSocketUrl,
} from './frames.ts'

describe('a frame holds', () => {
  test('a message', () => {
    const message = { id: 'test-1', data: 'ü\n"' }
    const frame = encodeMessage(message)
    expect(frame).toBe('{"id":"test-1","data":"ü\\n\\""}')
    expect(decodeFrame(frame)).toEqual(message)
  })

  test('a position, which is no message', () => {
    const arrival = decodeFrame(encodeGreeting('test-7'))
    expect(arrival).toMatchObject({ id: 'test-7' })
    expect(arrival.data).toBeUndefined()
  })

  test('a sign of life, which moves nothing', () => {
    expect(decodeFrame(heartbeatFrame)).toEqual({})
  })

  test('JSON, or else it is an error', () => {
    expect(() => decodeFrame('hello')).toThrow(SyntaxError)
  })
})

test.each([
  ['http://127.0.0.1:8005/', undefined, 'ws://127.0.0.1:8005/messages'],
  [
    'https://localhost:8005/x',
    'test-7',
    'wss://localhost:8005/messages?after=test-7',
  ],
  ['http://[::1]:8005/', 'a&b', 'ws://[::1]:8005/messages?after=a%26b'],
])('%s after %s is %s', (url, after, webSocket) => {
  expect(webSocketUrl(new URL(url), after).href).toBe(webSocket)
})
