import type { ServerResponse } from 'node:http'

/** Answers with JSON. */
export function answer(
  response: ServerResponse,
  status: number,
  value: object,
): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    'cache-control': 'no-store',
  })
  response.end(`${JSON.stringify(value)}\n`)
}
