// Letters instead of ranks: who shares one cannot be told apart. The compact
// letter display of Piepho 2004, by insertion and absorption.

/**
 * @param count of contestants, in the order in which letters are given
 * @param differ whether two of them are told apart
 */
export function letters(
  count: number,
  differ: (a: number, b: number) => boolean,
): string[] {
  let groups: Set<number>[] = [
    new Set(Array.from({ length: count }, (_, n) => n)),
  ]
  for (let a = 0; a < count; a++) {
    for (let b = a + 1; b < count; b++) {
      if (!differ(a, b)) continue
      // Nobody may be in one group with whom they differ from: it is split.
      groups = groups.flatMap((group) =>
        group.has(a) && group.has(b)
          ? [without(group, a), without(group, b)]
          : [group],
      )
      groups = absorb(groups)
    }
  }
  groups.sort((one, other) => Math.min(...one) - Math.min(...other))
  return Array.from({ length: count }, (_, n) =>
    groups.map((group, g) => (group.has(n) ? letter(g) : '')).join(''),
  )
}

function without(group: ReadonlySet<number>, left: number): Set<number> {
  const rest = new Set(group)
  rest.delete(left)
  return rest
}

/** A group within another one says nothing that the other does not. */
function absorb(groups: readonly Set<number>[]): Set<number>[] {
  const isWithin = (a: Set<number>, b: Set<number>) =>
    [...a].every((member) => b.has(member))
  return groups.filter(
    (group, n) => !groups.some((other, m) => m !== n && isWithin(group, other)),
  )
}

/** a to z, then a1, b1 and so on. */
function letter(n: number): string {
  const round = Math.floor(n / 26)
  return `${String.fromCharCode(97 + (n % 26))}${round || ''}`
}
