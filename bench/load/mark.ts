// What a message of the benchmark says: which one it is, when it was due, and
// when it was published. Plain ASCII of fixed width, so that text and binary
// transports carry the same bytes, and a lean reader finds it in any framing.

/** `~`, 8 digits of the number, 12 digits of ns when it was due, 12 of ns when it was published. */
export const markBytes = 33

/** The first byte of a mark. It stands nowhere else in a message. */
export const tilde = 0x7e

const dueAt = 9
const publishedAt = 21

/**
 * @param number from 0, below 10^8
 * @param dueNs since the run's epoch, below 10^12: a run lasts 16 minutes at most
 * @param bytes length of the data, at least `markBytes`
 */
export function markedData(
  number: number,
  dueNs: number,
  publishedNs: number,
  bytes: number,
): string {
  const mark = `~${digits(number, 8)}${digits(dueNs, 12)}${digits(publishedNs, 12)}`
  return mark.padEnd(bytes, 'x')
}

function digits(value: number, width: number): string {
  return Math.max(0, Math.round(value)).toString().padStart(width, '0')
}

/** Reads marks: a function that takes what they say allocates nothing. */
export type OnMark = (
  number: number,
  dueNs: number,
  publishedNs: number,
) => void

export function readMark(data: string, onMark: OnMark): void {
  onMark(
    Number(data.slice(1, dueAt)),
    Number(data.slice(dueAt, publishedAt)),
    Number(data.slice(publishedAt, markBytes)),
  )
}

/**
 * Finds marks in bytes as they come, whatever stands around them. The bytes may
 * be overwritten once they are pushed: what is kept of a mark that is cut in
 * two, is copied.
 */
export class MarkScanner {
  #rest: Buffer | undefined
  readonly #onMark: OnMark

  constructor(onMark: OnMark) {
    this.#onMark = onMark
  }

  push(chunk: Buffer): void {
    const bytes = this.#rest ? Buffer.concat([this.#rest, chunk]) : chunk
    this.#rest = undefined
    let at = bytes.indexOf(tilde)
    while (at !== -1) {
      if (at + markBytes > bytes.length) {
        this.#rest = Buffer.from(bytes.subarray(at))
        return
      }
      const number = readDigits(bytes, at + 1, at + dueAt)
      const dueNs = readDigits(bytes, at + dueAt, at + publishedAt)
      const publishedNs = readDigits(bytes, at + publishedAt, at + markBytes)
      // A byte of a frame's length may be 0x7e as well: no digits follow it.
      const isMark = number >= 0 && dueNs >= 0 && publishedNs >= 0
      if (isMark) this.#onMark(number, dueNs, publishedNs)
      at = bytes.indexOf(tilde, at + (isMark ? markBytes : 1))
    }
  }
}

/**
 * -1 if a byte is no digit. Without a string in between: this runs for each of
 * 100,000 deliveries a second.
 */
function readDigits(bytes: Buffer, from: number, to: number): number {
  let value = 0
  for (let at = from; at < to; at++) {
    const digit = (bytes[at] ?? 0) - 48
    if (digit < 0 || digit > 9) return -1
    value = value * 10 + digit
  }
  return value
}
