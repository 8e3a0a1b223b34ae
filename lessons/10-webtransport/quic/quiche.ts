// QUIC itself is not written here: it comes from quiche, Cloudflare's library,
// in the package @matrixai/quic, built for the usual platforms. Node has none.

import { createRequire } from 'node:module'

import type { Quiche } from '@matrixai/quic/native/index.js'

export type {
  Config,
  Connection,
  Header,
  Quiche,
} from '@matrixai/quic/native/index.js'

let loaded: Quiche | undefined

/** @throws Error with a sentence when the package is not installed, or not built for this machine */
export function loadQuiche(): Quiche {
  loaded ??= load()
  return loaded
}

/** Why there is no QUIC on this machine, as a sentence; undefined when there is. */
export function missingQuiche(): string | undefined {
  try {
    loadQuiche()
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}

/** Only the library: the package around it has a QUIC socket of its own, which takes another way than this lesson. */
function load(): Quiche {
  const platform = `${process.platform}-${process.arch}`
  try {
    const here = createRequire(import.meta.url)
    const there = here.resolve('@matrixai/quic/package.json')
    return createRequire(there)(`@matrixai/quic-${platform}`)
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException
    const why =
      code === 'MODULE_NOT_FOUND'
        ? `has no build for ${platform}, or was left out of the installation`
        : `cannot be loaded: ${message}`
    throw new Error(
      `WebTransport needs QUIC: the optional package @matrixai/quic ${why}. All other lessons work without it.`,
      { cause },
    )
  }
}
