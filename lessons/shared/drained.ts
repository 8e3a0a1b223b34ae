import { type EventEmitter, once } from 'node:events'

/** Resolves when `stream` has room again, or when `gone` aborts. */
export async function drained(
  stream: EventEmitter,
  gone: AbortSignal,
): Promise<void> {
  await once(stream, 'drain', { signal: gone }).catch(() => {})
}
