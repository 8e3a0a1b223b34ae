/** The element that a selector names. @throws TypeError when there is none */
export function part<Kind extends HTMLElement>(selector: string): Kind {
  const found = document.querySelector<Kind>(selector)
  if (found) return found
  throw new TypeError(`The page must have an element ${selector}.`)
}
