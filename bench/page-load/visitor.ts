// Who visits: a client with a cache of its own, that keeps what it was given.

import type { Visit } from './visit.ts'
import type { NamedWay } from './way.ts'

export interface Visitor extends AsyncDisposable {
  /**
   * Visits the page at `url` over a new connection.
   *
   * @throws Error when a file does not come in time, or is not what it should be
   */
  visit(url: URL): Promise<Visit>
}

/** `node`: one that behaves like a browser, and takes pushes. */
export type Client = 'node' | 'chromium'

export interface VisitorOptions {
  readonly client: Client
  readonly protocol: NamedWay['protocol']
  /** The certificate (PEM) to trust. */
  readonly ca: string
}

/** How long a visit may take. */
export const deadlineMs = 20_000

/** @throws Error when there is no Chromium, or when it does not start */
export async function openVisitor(options: VisitorOptions): Promise<Visitor> {
  // Only the one that is asked for: Playwright takes its time to load.
  if (options.client === 'chromium') {
    const { openChromium } = await import('./chromium-visitor.ts')
    return openChromium(options)
  }
  const { openNode } = await import('./node-visitor.ts')
  return openNode(options)
}
