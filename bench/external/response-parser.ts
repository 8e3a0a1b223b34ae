// As much of HTTP/1.1 as a load generator needs: where a response ends, and its
// status.
// https://www.rfc-editor.org/rfc/rfc9112.html#section-6.3

const headEnd = Buffer.from('\r\n\r\n')
const maxHeadBytes = 64 * 1024

/** Takes the bytes of one connection, and tells of each response that is whole. */
export class ResponseParser {
  readonly #onResponse: (status: number) => void
  /** A head that is not whole yet. */
  #rest: Buffer | undefined
  #status = 0
  #bodyLeft = 0

  constructor(onResponse: (status: number) => void) {
    this.#onResponse = onResponse
  }

  /**
   * @param chunk may be overwritten afterwards: what has to stay is copied
   * @throws Error when the end of the response cannot be known from its head
   */
  push(chunk: Buffer): void {
    const bytes = this.#rest ? Buffer.concat([this.#rest, chunk]) : chunk
    this.#rest = undefined
    let at = 0
    while (at < bytes.length) {
      if (this.#bodyLeft === 0) {
        const end = bytes.indexOf(headEnd, at)
        if (end === -1) {
          this.#keep(bytes.subarray(at))
          return
        }
        // The head keeps its last line break: every line has one then.
        this.#read(bytes.toString('latin1', at, end + 2))
        at = end + headEnd.length
      }
      const taken = Math.min(this.#bodyLeft, bytes.length - at)
      at += taken
      this.#bodyLeft -= taken
      // 1xx: another head follows, which is the response.
      if (this.#bodyLeft === 0 && this.#status >= 200)
        this.#onResponse(this.#status)
    }
  }

  #keep(head: Buffer): void {
    if (head.length > maxHeadBytes)
      throw new Error(`A head must fit ${maxHeadBytes} bytes, got more.`)
    this.#rest = Buffer.from(head)
  }

  #read(head: string): void {
    const [, status] = /^HTTP\/1\.1 (\d{3})[ \r]/.exec(head) ?? []
    if (status === undefined)
      throw new Error(`This is no HTTP/1.1 response: ${head.slice(0, 80)}`)
    this.#status = Number(status)
    this.#bodyLeft = hasBody(this.#status) ? lengthOf(head) : 0
  }
}

function hasBody(status: number): boolean {
  return status >= 200 && status !== 204 && status !== 304
}

function lengthOf(head: string): number {
  // A response with both is not to be read by its length.
  if (/\r\ntransfer-encoding:/i.test(head))
    throw new Error(
      'The response comes in chunks, and this generator reads Content-Length only. Use it on endpoints that send one.',
    )
  const [, length] = /\r\ncontent-length: *(\d+) *\r\n/i.exec(head) ?? []
  if (length !== undefined) return Number(length)
  throw new Error(
    'The response has no Content-Length: only the end of the connection would end it.',
  )
}
