// Serves the site as it is on the disk: an edit shows in the open page.
import { once } from 'node:events'
import { type AddressInfo, createServer as createNetServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { createServer } from 'vitepress'

const docs = fileURLToPath(new URL('../../docs', import.meta.url))

/** The site while it is served. */
export interface ServedSite {
  readonly url: URL
  close(): Promise<void>
}

/**
 * @param wanted the port; 0 takes a free one
 * @throws Error with a sentence when the port is taken
 */
export async function serveSite(wanted: number): Promise<ServedSite> {
  // Vite takes 0 for no wish at all.
  const port = wanted || (await freePort())
  const open = async () => {
    const server = await createServer(docs, { port }, reopen)
    return server.listen()
  }
  // An edited configuration takes a server of its own. VitePress asks for one at
  // each file that changed: one after the other, or several would be left over.
  let reopening = Promise.resolve()
  const reopen = () => {
    reopening = reopening.then(async () => {
      await server.close()
      server = await open()
    })
    return reopening
  }
  let server = await open().catch((error: Error) => {
    throw explained(error, port)
  })
  return {
    url: new URL(server.config.base, `http://127.0.0.1:${port}`),
    close: () => server.close(),
  }
}

async function freePort(): Promise<number> {
  const server = createNetServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

function explained(error: Error, port: number): Error {
  if (!/already in use|EADDRINUSE/.test(error.message)) return error
  return new Error(
    `Port ${port}, which the site needs, is taken by another program. End that one, or choose another port with --site-port (0 takes a free one).`,
    { cause: error },
  )
}
