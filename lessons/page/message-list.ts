// The messages on the page, oldest first. The style sheet keeps the end in view.

import type { Message } from '../feed.ts'

/** A feed never ends; a page does not grow for ever. */
const maxItems = 200

export class MessageList {
  readonly #list: HTMLElement

  constructor(list: HTMLElement) {
    this.#list = list
  }

  add({ id, data }: Message): void {
    const item = document.createElement('li')
    item.dataset.id = id
    const cursor = document.createElement('small')
    const text = document.createElement('span')
    cursor.textContent = id
    text.textContent = data
    item.append(cursor, text)
    this.#append(item)
  }

  addGap(description: string): void {
    const item = document.createElement('li')
    item.dataset.gap = ''
    item.textContent = description
    this.#append(item)
  }

  #append(item: HTMLElement): void {
    this.#list.append(item)
    if (this.#list.childElementCount > maxItems)
      this.#list.firstElementChild?.remove()
  }
}
