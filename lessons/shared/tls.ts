import type { Server } from 'node:net'

/** Says in the log why a client could not begin TLS: it gets no answer that it could read. */
export function explainPlainHttp(
  server: Server,
  log: (line: string) => void = () => {},
): void {
  server.on('tlsClientError', (error: NodeJS.ErrnoException) => {
    log(
      error.code === 'ERR_SSL_HTTP_REQUEST'
        ? 'This port speaks TLS, got plain HTTP. Ask with https:// instead of http://.'
        : `A client could not begin TLS: ${error.message}`,
    )
  })
}
