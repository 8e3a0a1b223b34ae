// An order that a seed repeats, and that favours nobody.

/** Fisher and Yates' shuffle. `random` gives numbers from 0 up to 1. */
export function shuffled<Item>(
  items: readonly Item[],
  random: () => number,
): Item[] {
  const result = [...items]
  for (let left = result.length; left > 1; left--) {
    const chosen = Math.floor(random() * left)
    const last = result[left - 1] as Item
    result[left - 1] = result[chosen] as Item
    result[chosen] = last
  }
  return result
}
