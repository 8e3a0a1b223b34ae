// Violations of accessibility rules in markup that VitePress 1.6.4 makes and no
// configuration changes.

/** A rule that is not held against these elements. */
export interface Waiver {
  readonly rule: string
  /** The part of the page that it is waived for. */
  readonly within: string
  readonly reason: string
}

export const waivers: readonly Waiver[] = [
  {
    rule: 'label-content-name-mismatch',
    within: '.DocSearch',
    reason:
      'The search button shows its keys beside its name, which its label does not repeat.',
  },
]
