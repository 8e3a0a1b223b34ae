// The names of a knob's positions, such as `50 ms RTT, 100 ms think time`: what
// they share stands in a title, and what they do not along an axis.

const between = ', '

/** What all of them share; of one alone that is all of it. */
export function commonOf(variants: readonly string[]): string {
  return sharedParts(variants).join(between)
}

/** What is left of each; of one alone that is all of it. */
export function ownNames(variants: readonly string[]): string[] {
  if (variants.length < 2) return [...variants]
  const shared = sharedParts(variants)
  return variants.map((variant) =>
    variant
      .split(between)
      .filter((part) => !shared.includes(part))
      .join(between),
  )
}

function sharedParts([first = '', ...others]: readonly string[]): string[] {
  const rest = others.map((variant) => variant.split(between))
  return first
    .split(between)
    .filter((part) => rest.every((parts) => parts.includes(part)))
}
