// A diagram with a place for everything, before it is put in a format.

export interface Drawing {
  readonly width: number
  readonly height: number
  /** Of the text. */
  readonly size: number
  readonly labels: readonly Label[]
  readonly boxes: readonly Box[]
  readonly strokes: readonly Stroke[]
  readonly marks: readonly Mark[]
}

export interface Area {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface Label extends Area {
  readonly kind: 'participant' | 'message' | 'note' | 'type' | 'condition'
  readonly lines: readonly string[]
  readonly lineHeight: number
  readonly align: 'start' | 'middle' | 'end'
}

export interface Box extends Area {
  readonly kind: 'participant' | 'note' | 'frame' | 'type'
}

export interface Point {
  readonly x: number
  readonly y: number
}

export interface Stroke {
  readonly kind: 'lifeline' | 'message' | 'answer' | 'divider'
  readonly points: readonly Point[]
}

/** A small figure: what an arrow ends in, with where it points to, or a person. */
export interface Mark extends Point {
  readonly kind: 'arrow' | 'open' | 'cross' | 'person'
  /** In radians: 0 is to the right. */
  readonly angle: number
}

/** All lengths in pixels, at which the drawing is meant to be seen. */
export interface Scale {
  readonly size: number
  readonly lineHeight: number
  /** Wider only where words cannot be broken. */
  readonly width: number
  /** Between participants, at least. */
  readonly gap: number
  /** Whether notes may stand beside all participants, and not only over them. */
  readonly margins: boolean
  /** How far down a message arrives after it was sent. */
  readonly drop: number
}
