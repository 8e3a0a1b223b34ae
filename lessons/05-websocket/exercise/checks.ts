// What a WebSocket has to keep besides what every transport keeps.

import assert from 'node:assert/strict'

import { WebSocket } from 'ws'

import type { OwnCheck } from '../../exercise.ts'
import { setUp } from '../../requirements/rig.ts'
import { until } from '../../requirements/until.ts'
import { webSocketUrl } from '../frames.ts'

export const greeting: OwnCheck = {
  id: 'greeting',
  text: 'The first frame of each WebSocket MUST tell the cursor at which it starts, without a message.',
  async check(lesson, signal) {
    await using rig = await setUp(lesson, signal)
    const url = webSocketUrl(rig.link.url, undefined)
    const webSocket = new WebSocket(url, { perMessageDeflate: false })
    const frames: string[] = []
    let isOpen = false
    webSocket.on('error', () => {}) // Then it does not open.
    webSocket.on('open', () => {
      isOpen = true
    })
    webSocket.on('message', (data) => frames.push(data.toString()))
    try {
      await until(() => isOpen, signal, 'a WebSocket to open')
      const start = rig.feed.present
      await until(
        () => frames.length > 0,
        signal,
        () => `a first frame with the cursor ${start}, before any message`,
      )
      const { id, data } = JSON.parse(frames[0] ?? '')
      assert.deepEqual(
        { id, data },
        { id: start, data: undefined },
        `the first frame must have the id ${start} and no data, got ${frames[0]}`,
      )
    } finally {
      webSocket.terminate()
    }
  },
}
