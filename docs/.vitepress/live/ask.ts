// Asks a server of the reader's own machine.

import { loopback } from './loopback.ts'
import { whyNot } from './why-not.ts'

/** How long a server of this machine may take to answer. */
export const answerMs = 5_000

/** @throws Error with a sentence, when nothing answers */
export async function ask(
  url: URL,
  init: RequestInit = {},
  withinMs = answerMs,
): Promise<Response> {
  try {
    return await fetch(url, loopback(init, withinMs))
  } catch {
    init.signal?.throwIfAborted()
    throw new Error(await whyNot(url))
  }
}

/**
 * Posts JSON.
 *
 * @throws Error with a sentence, when nothing answers or it is refused
 */
export async function post(
  url: URL,
  body: object,
  init: RequestInit = {},
): Promise<Response> {
  const response = await ask(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    ...init,
  })
  if (!response.ok) throw new Error((await response.text()).trim())
  return response
}
