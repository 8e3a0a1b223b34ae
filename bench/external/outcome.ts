// What a tool says after a run, whichever tool it is.

/** What every tool is asked to do. */
export interface Target {
  /** On this machine: nobody else is to be loaded. */
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly connections: number
}

export interface Outcome {
  /** Answered, whatever the status. */
  readonly requests: number
  /** As the tool measured it. */
  readonly seconds: number
  /** Connections that failed, and requests that got no answer. */
  readonly errors: number
  /** Answers other than 2xx and 3xx. */
  readonly refused: number
  /** CPU time of the tool, user and system. */
  readonly cpuMs: number
}

/**
 * Why an outcome is none: a tool that reached nobody must not become a row that
 * says "0 requests a second".
 */
export function failureOf(outcome: Outcome): string | undefined {
  const { requests, errors, refused } = outcome
  if (requests === 0 && errors === 0)
    return 'It made no request and no error: it does not speak with this server.'
  if (requests === 0) return `It made no request, but ${errors} errors.`
  if (refused > 0)
    return `The server refused ${refused} of ${requests} requests.`
  if (errors > 0) return `It made ${errors} errors beside ${requests} requests.`
  return undefined
}

/** @throws RangeError when it leads to another machine */
export function refuseOtherMachines({ hostname }: URL): void {
  if (['127.0.0.1', '[::1]', 'localhost'].includes(hostname)) return
  throw new RangeError(
    `Load is for this machine only, such as 127.0.0.1, got ${hostname}.`,
  )
}
