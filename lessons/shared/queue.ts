// From events to `for await`. Runs in Node and in browsers.

/**
 * Items put in by an event handler, taken out by a loop. Unless it is given one,
 * it has no bound: use it where the API underneath offers no way to hold the
 * sender back.
 */
export class Queue<Item> implements AsyncIterable<Item> {
  readonly #most: number
  #items: Item[] = []
  #end: { error?: Error } | undefined
  #wakeUp = () => {}

  /** @param most beyond so many items, the oldest are dropped */
  constructor(most = Infinity) {
    this.#most = most
  }

  put(item: Item): void {
    this.#items.push(item)
    if (this.#items.length > this.#most) this.#items.shift()
    this.#wakeUp()
  }

  /** Ends the loop after the items put in so far, with `error` if there is one. */
  end(error?: Error): void {
    this.#end ??= { error }
    this.#wakeUp()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Item, void, undefined> {
    for (;;) {
      const items = this.#items
      this.#items = []
      yield* items
      if (this.#items.length > 0) continue
      if (this.#end?.error) throw this.#end.error
      if (this.#end) return
      await new Promise<void>((resolve) => {
        this.#wakeUp = resolve
      })
    }
  }
}
