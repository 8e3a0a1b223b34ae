// Streams of the platform, for a loop: Safari's have no `for await` of their own.

/** What comes from a stream, until it ends or the loop is left. */
export async function* items<Item>(
  stream: ReadableStream<Item>,
): AsyncGenerator<Item, void, undefined> {
  const reader = stream.getReader()
  try {
    for (;;) {
      const { value, done } = await reader.read()
      if (done) return
      yield value
    }
  } finally {
    reader.cancel().catch(() => {}) // Broken or at its end: nothing to cancel.
  }
}

/** All of a stream, as UTF-8. */
export async function text(
  stream: ReadableStream<Uint8Array>,
): Promise<string> {
  const decoder = new TextDecoder()
  let all = ''
  for await (const chunk of items(stream))
    all += decoder.decode(chunk, { stream: true })
  return all + decoder.decode()
}
