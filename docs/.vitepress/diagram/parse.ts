// Reads the part of mermaid's sequence diagrams that write-ups use. What it does
// not know is an error, and so is what mermaid would draw otherwise than we do.
// The language: https://mermaid.js.org/syntax/sequenceDiagram.html

import type {
  Frame,
  FrameType,
  Message,
  Note,
  Participant,
  Section,
  Sequence,
  Step,
} from './sequence.ts'
import { clean, decoded } from './text.ts'

const understood =
  'participant X as Label, actor X as Label, X->>Y: text (or -->>, -x, --x, -), --)), ' +
  'Note over X: text (or over X,Y, left of X, right of X), loop, alt, else, opt, par, ' +
  'and, end, activate X, deactivate X, and %% comments'

const comment = /^(%%.*)?$/
const participant =
  /^(?<type>participant|actor)\s+(?<id>[\p{L}\p{N}_]+)(?:\s+as\s+(?<label>.+))?$/iu
const message =
  /^(?<from>[\p{L}\p{N}_]+)\s*(?<arrow>-->>|->>|--x|-x|--\)|-\))\s*[+-]?\s*(?<to>[\p{L}\p{N}_]+)\s*:(?<text>.*)$/iu
const note =
  /^note\s+(?<place>over|left\s+of|right\s+of)\s+(?<from>[\p{L}\p{N}_]+)(?:\s*,\s*(?<to>[\p{L}\p{N}_]+))?\s*:(?<text>.*)$/iu
const frame = /^(?<type>loop|alt|opt|par)\b(?<label>.*)$/i
const section = /^(?<type>else|and)\b(?<label>.*)$/i
const end = /^end$/i
const activation = /^(?:de)?activate\s+(?<from>[\p{L}\p{N}_]+)$/iu

/** Of a pattern, and empty where it has found nothing. */
type Found = Readonly<Record<string, string | undefined>>

/** A frame to which steps are being added. */
interface OpenFrame extends Frame {
  readonly sections: OpenSection[]
  readonly begin: { readonly line: number; readonly text: string }
}
interface OpenSection extends Section {
  readonly steps: Step[]
}

/** @throws Error that names the line, and says what is understood */
export function parse(source: string): Sequence {
  const reader = new Reader()
  for (const line of source.split('\n')) reader.read(line.trim())
  return reader.end()
}

class Reader {
  readonly #ids: string[] = []
  readonly #participants: Participant[] = []
  readonly #steps: Step[] = []
  readonly #open: OpenFrame[] = []
  #at = { line: 0, text: '' }
  #started = false

  readonly #statements: readonly [RegExp, (found: Found) => void][] = [
    [participant, (found) => this.#participant(found)],
    [message, (found) => this.#add(this.#message(found))],
    [note, (found) => this.#add(this.#note(found))],
    [frame, (found) => this.#begin(found)],
    [section, (found) => this.#section(found)],
    [end, () => this.#end()],
    // Not drawn: the arrows tell when somebody is busy.
    [activation, ({ from }) => this.#lane(from)],
  ]

  read(text: string): void {
    this.#at = { line: this.#at.line + 1, text }
    if (comment.test(text)) return
    if (this.#started) this.#statement()
    else if (text === 'sequenceDiagram') this.#started = true
    else
      this.#fail(
        'be "sequenceDiagram", the only kind of diagram that the site draws',
      )
  }

  end(): Sequence {
    const open = this.#open.at(-1)
    if (open) {
      this.#at = open.begin
      this.#fail('have an "end" below')
    }
    if (this.#participants.length === 0)
      throw new Error(
        'A diagram must begin with "sequenceDiagram" and name its participants: this one has none.',
      )
    return { participants: this.#participants, steps: this.#steps }
  }

  #statement(): void {
    const text = decoded(this.#at.text)
    if (text === undefined)
      this.#fail(
        'hold no # and no ;, where mermaid ends a text (write #35; and #59;)',
      )
    for (const [pattern, take] of this.#statements) {
      const found = pattern.exec(text)
      if (!found) continue
      take(found.groups ?? {})
      return
    }
    this.#fail(`be one of ${understood}`)
  }

  #participant({ type, id = '', label = id }: Found): void {
    if (this.#ids.includes(id))
      this.#fail(`name somebody else: there is a participant ${id}`)
    const isActor = type?.toLowerCase() === 'actor'
    this.#ids.push(id)
    this.#participants.push({ label: clean(label), isActor })
  }

  #message({ from, arrow = '', to, text }: Found): Message {
    return {
      kind: 'message',
      from: this.#lane(from),
      to: this.#lane(to),
      text: clean(text),
      dashed: arrow.startsWith('--'),
      end: /x$/i.test(arrow) ? 'cross' : arrow.endsWith(')') ? 'open' : 'arrow',
    }
  }

  #note({ place = '', from, to = from, text }: Found): Note {
    const lanes = [this.#lane(from), this.#lane(to)]
    const [side = ''] = place.toLowerCase().split(/\s/)
    return {
      kind: 'note',
      place: side === 'left' || side === 'right' ? side : 'over',
      from: Math.min(...lanes),
      to: Math.max(...lanes),
      text: clean(text),
    }
  }

  #begin({ type = '', label }: Found): void {
    const begun: OpenFrame = {
      kind: 'frame',
      type: type.toLowerCase() as FrameType,
      sections: [{ label: clean(label), steps: [] }],
      begin: this.#at,
    }
    this.#add(begun)
    this.#open.push(begun)
  }

  #section({ type = '', label }: Found): void {
    const parent = type.toLowerCase() === 'else' ? 'alt' : 'par'
    const open = this.#open.at(-1)
    if (open?.type !== parent) this.#fail(`stand in a frame of ${parent}`)
    open.sections.push({ label: clean(label), steps: [] })
  }

  #end(): void {
    if (!this.#open.pop()) this.#fail('end a frame, but none is open')
  }

  #add(step: Step): void {
    const section = this.#open.at(-1)?.sections.at(-1)
    const steps = section?.steps ?? this.#steps
    steps.push(step)
  }

  #lane(id = ''): number {
    const lane = this.#ids.indexOf(id)
    if (lane === -1)
      this.#fail(`name participants that lines above declare, not ${id}`)
    return lane
  }

  #fail(what: string): never {
    const { line, text } = this.#at
    throw new Error(`Line ${line} of the diagram must ${what}; got "${text}".`)
  }
}
