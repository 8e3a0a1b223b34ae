import type { WebSocket } from 'ws'

import { connectionError } from '../shared/connection-error.ts'
import { refusal } from '../shared/http-client.ts'

/**
 * Resolves when the WebSocket is open.
 *
 * @throws SubscribeError when the server answers with anything but 101
 * @throws ConnectionError when it does not answer
 */
export function opened(url: URL, webSocket: WebSocket): Promise<void> {
  return new Promise((resolve, reject) => {
    webSocket.once('open', resolve)
    webSocket.once('error', (error) => reject(connectionError(error)))
    webSocket.once('close', () => reject(connectionError('closed')))
    webSocket.once('unexpected-response', async (_, response) => {
      reject(await refusal(url, response).catch(connectionError))
      webSocket.terminate()
    })
  })
}
