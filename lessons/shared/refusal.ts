/** A request that the server answers with a reason instead of what was asked for. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  /** The HTTP status, 4xx or 5xx. */
  readonly status: number
  readonly headers: Readonly<Record<string, string>>

  constructor(
    status: number,
    reason: string,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(reason)
    this.status = status
    this.headers = headers
  }
}
