// How a page asks a server of its reader's own machine.

/** @param withinMs how long an answer may take */
export function loopback(init: RequestInit, withinMs: number): RequestInit {
  const options: RequestInit & { targetAddressSpace: string } = {
    cache: 'no-store',
    // Says why the browser is to ask for permission: Local Network Access.
    targetAddressSpace: 'loopback',
    signal: AbortSignal.timeout(withinMs),
    ...init,
  }
  return options
}
