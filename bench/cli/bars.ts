// Bars of characters: eight steps to each.

const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉']

export interface Scale {
  readonly from: number
  readonly to: number
  /** Where the values span more than a decade and a half, the small ones would vanish. */
  readonly logarithmic: boolean
}

export function scaleFor(values: readonly number[]): Scale {
  const positive = values.filter((value) => value > 0)
  const least = Math.min(...positive)
  const most = Math.max(...positive, 0)
  const logarithmic = positive.length > 1 && most / least > 30
  return logarithmic
    ? // The least one gets a bar as well.
      { from: least / 2, to: most, logarithmic }
    : { from: 0, to: most, logarithmic }
}

export function barOf(
  value: number,
  { from, to, logarithmic }: Scale,
  width: number,
): string {
  if (!(value > 0) || to <= 0) return ''
  const share = logarithmic
    ? Math.log(value / from) / Math.log(to / from)
    : value / to
  const steps = Math.round(Math.min(1, Math.max(0, share)) * width * 8)
  return '█'.repeat(Math.floor(steps / 8)) + (eighths[steps % 8] ?? '')
}
