// The neutral colours by day and by night: the style sheet and the charts, to
// which style sheets do not reach, take them from here.

export interface Theme {
  readonly ground: string
  readonly paper: string
  readonly ink: string
  readonly dim: string
  readonly line: string
  /** The band of noise. */
  readonly band: string
  /** The hatching of what is in doubt. */
  readonly hatch: string
}

export const themes: Readonly<Record<'light' | 'dark', Theme>> = {
  light: {
    ground: '#f6f5f1',
    paper: '#ffffff',
    ink: '#20242b',
    dim: '#5f6673',
    line: '#dddad2',
    band: '#7b828d2e',
    hatch: '#20242b1f',
  },
  dark: {
    ground: '#14171c',
    paper: '#1c2027',
    ink: '#e7e9ec',
    dim: '#9aa3b0',
    line: '#333a45',
    band: '#7b828d4d',
    hatch: '#e7e9ec24',
  },
}

/** The same as custom properties of a style sheet. */
export function themeStyle(): string {
  const { light, dark } = themes
  const names = Object.keys(light) as (keyof Theme)[]
  const lines = names.map(
    (name) => `--${name}: light-dark(${light[name]}, ${dark[name]});`,
  )
  return `:root { ${lines.join(' ')} }`
}
