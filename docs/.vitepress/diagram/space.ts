// The room that a diagram leaves around things, in pixels.

export const space = {
  /** Between a text and what stands beside it. */
  pad: 10,
  /** Below one thing, before the next. */
  below: 9,
  /** How far notes and frames reach beyond the participants they are about. */
  reach: 11,
  /** Of a frame around what is in it. */
  frame: 9,
  /** The width of an arrow that leads back to its sender. */
  loop: 30,
  /** A person's height above the name. */
  person: 24,
  /** How much wider bold text is. */
  bold: 1.2,
} as const
