// Builds HTML in which everything put in is text, unless it is HTML already.

/** Text that has been escaped. */
export class Html {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

export type Content =
  | Html
  | string
  | number
  | undefined
  | false
  | readonly Content[]

/** Tag of a template: escapes all that is not `Html`. */
export function html(
  parts: TemplateStringsArray,
  ...contents: readonly Content[]
): Html {
  return new Html(String.raw({ raw: parts }, ...contents.map(render)))
}

/** JSON that a script element can hold: no `<` can end the element. */
export function scriptJson(value: unknown): Html {
  return new Html(JSON.stringify(value).replaceAll('<', '\\u003c'))
}

function render(content: Content): string {
  if (content === undefined || content === false) return ''
  if (content instanceof Html) return content.text
  if (typeof content === 'object') return content.map(render).join('')
  return String(content).replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`)
}
