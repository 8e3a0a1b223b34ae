// What a sequence diagram says, before it is drawn or told in words.

export interface Sequence {
  readonly participants: readonly Participant[]
  readonly steps: readonly Step[]
}

export interface Participant {
  readonly label: string
  /** A person, drawn as one. */
  readonly isActor: boolean
}

/** Participants are told by their index. Texts may hold line breaks and `code`. */
export type Step = Message | Note | Frame

export interface Message {
  readonly kind: 'message'
  readonly from: number
  readonly to: number
  readonly text: string
  readonly dashed: boolean
  /** What the arrow ends in: a cross is a message that gets lost. */
  readonly end: 'arrow' | 'open' | 'cross'
}

export interface Note {
  readonly kind: 'note'
  readonly place: 'over' | 'left' | 'right'
  /** The leftmost of those that it is about, and the rightmost. */
  readonly from: number
  readonly to: number
  readonly text: string
}

export interface Frame {
  readonly kind: 'frame'
  readonly type: FrameType
  /** One for the frame itself, one more for each `else` or `and`. */
  readonly sections: readonly Section[]
}

export type FrameType = 'loop' | 'alt' | 'opt' | 'par'

export interface Section {
  readonly label: string
  readonly steps: readonly Step[]
}
