// What every lesson's server answers beside its subscription: the page, the way
// back, and a clear sentence to everything else.

import {
  type IncomingMessage,
  maxHeaderSize,
  type ServerResponse,
} from 'node:http'
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2'

import type { Feed } from '../feed.ts'
import type { ServeOptions } from '../lesson.ts'
import { corsHeaders, refuseForeign } from './origin.ts'
import { pageAssets } from './page-assets.ts'
import { isPreflight, preflightHeaders } from './preflight.ts'
import { readText } from './read-text.ts'
import { Refusal } from './refusal.ts'
import type { Subscribers } from './subscribers.ts'

/** Answers one request. `gone` aborts when the client leaves or the server closes. */
export type Handler<Request, Response> = (
  request: Request,
  response: Response,
  gone: AbortSignal,
) => unknown

/** Handlers by method and path, such as `GET /messages`, or `GET /messages/*` for all below. */
export type Routes<
  Request = IncomingMessage,
  Response = ServerResponse,
> = Readonly<Record<string, Handler<Request, Response>>>

/** HTTP/2's request and response are enough like HTTP/1.1's for what happens here. */
export type AnyRequest = IncomingMessage | Http2ServerRequest
export type AnyResponse = ServerResponse | Http2ServerResponse

/**
 * The listener for the server's event 'request'.
 *
 * @param folder the lesson's folder, as `import.meta.url` of a file in it;
 *   undefined for a server without a page
 * @param ownRoutes the lesson's own; they stand before those that all lessons share
 */
export function router<
  Request extends AnyRequest,
  Response extends AnyResponse,
>(
  folder: string | undefined,
  options: ServeOptions,
  subscribers: Subscribers,
  ownRoutes: Routes<Request, Response>,
): (request: Request, response: Response) => Promise<void> {
  const routes: Routes<Request, Response> = {
    ...(folder !== undefined && pageRoutes(folder)),
    ...ownRoutes,
  }
  const methods = methodsByPath(routes)
  const others =
    folder === undefined ? Object.keys(routes).join(', ') : undefined

  return async (request, response) => {
    // An error is followed by 'close', which is what counts here.
    response.on('error', () => {})
    try {
      refuseLongHeaders(request)
      const { origin } = request.headers
      refuseForeign(hostOf(request), origin, options)
      refuseTunnel(request)
      for (const [name, value] of Object.entries(corsHeaders(origin)))
        response.setHeader(name, value)
      response.setHeader('x-content-type-options', 'nosniff')

      const gone = subscribers.add(response)
      const { method, headers } = request
      const path = pathOf(request)
      const known = [path, below(path)].find((one) => methods.has(one))
      if (known === undefined) throw notFound(path, others)
      const allow = methods.get(known) ?? ''
      if (isPreflight(method, headers)) {
        response.writeHead(204, preflightHeaders(headers, allow)).end()
        return
      }
      const handle = routes[`${method} ${known}`]
      if (handle === undefined)
        throw new Refusal(405, `${path} takes ${allow}, got ${method}.`, {
          allow,
        })
      await handle(request, response, gone)
    } catch (error) {
      refuse(response, error, options.log ?? (() => {}))
    }
  }
}

/** Node's HTTP/1.1 does so before anybody is asked; its HTTP/2 takes four times as much. */
function refuseLongHeaders({ rawHeaders }: AnyRequest): void {
  const length = rawHeaders.reduce((sum, text) => sum + text.length, 0)
  if (length > maxHeaderSize) throw longHeaders()
}

/** @returns the Refusal (431) for headers that are too long */
export function longHeaders(): Refusal {
  return new Refusal(
    431,
    `The headers of a request must fit ${maxHeaderSize} bytes, got more. Send fewer or shorter ones.`,
  )
}

/**
 * CONNECT asks a proxy for a way to somewhere else, unless it names a protocol
 * to be spoken with this server.
 * https://www.rfc-editor.org/rfc/rfc8441.html#section-4
 */
function refuseTunnel({ method, headers }: AnyRequest): void {
  if (method !== 'CONNECT') return
  const protocol = headers[':protocol']
  if (protocol === undefined) throw noTunnel()
  // https://www.rfc-editor.org/rfc/rfc9220.html#section-3
  if (protocol !== 'websocket')
    throw new Refusal(
      501,
      `CONNECT must name the :protocol websocket here, got "${protocol}".`,
    )
}

/** @returns the Refusal (501) for a client that takes this server for a proxy */
export function noTunnel(): Refusal {
  return new Refusal(
    501,
    'This server is no proxy, got CONNECT for a tunnel. Ask it for what it has by GET.',
  )
}

function pageRoutes(folder: string): Routes<AnyRequest, AnyResponse> {
  const routes: Record<string, Handler<AnyRequest, AnyResponse>> = {}
  for (const [path, asset] of Object.entries(pageAssets(folder))) {
    const answer = async (_: AnyRequest, response: AnyResponse) => {
      const content = await asset.read()
      response.setHeader('content-type', asset.type)
      response.setHeader('cache-control', 'no-cache')
      response.end(content)
    }
    routes[`GET ${path}`] = answer
    routes[`HEAD ${path}`] = answer
  }
  return routes
}

/** `POST /messages`: the way back of transports that have none of their own. */
export function publishRoute(
  feed: Feed,
  { maxMessageBytes = 1024 * 1024 }: ServeOptions,
): Routes<AnyRequest, AnyResponse> {
  const maxBytes = Math.min(maxMessageBytes, feed.maxBytes)
  return {
    async 'POST /messages'(request, response) {
      const { id } = await feed.publish(await readText(request, maxBytes))
      response.statusCode = 201
      response.setHeader('content-type', 'application/json')
      response.end(`${JSON.stringify({ id })}\n`)
    },
  }
}

/** The methods that each path takes, such as `GET, POST`. */
function methodsByPath(routes: object): Map<string, string> {
  const methods = new Map<string, string>()
  for (const route of Object.keys(routes)) {
    const [method = '', path = ''] = route.split(' ')
    const known = methods.get(path)
    methods.set(path, known === undefined ? method : `${known}, ${method}`)
  }
  return methods
}

/** `/messages/*` for `/messages/7`. */
function below(path: string): string {
  return `${path.slice(0, path.lastIndexOf('/'))}/*`
}

/** @param others what there is instead */
export function notFound(
  path: string,
  others = 'the page at / and the messages at /messages',
): Refusal {
  return new Refusal(404, `There is no ${path} here, only ${others}.`)
}

/** Answers with what was thrown: a Refusal says why, all else is a failure of the server. */
export function refuse(
  response: AnyResponse,
  error: unknown,
  log?: (line: string) => void,
): void {
  const refusal = error instanceof Refusal ? error : internalError(error, log)
  if (response.headersSent) {
    response.destroy() // Too late for a sentence.
    return
  }
  response.statusCode = refusal.status
  for (const [name, value] of Object.entries(refusal.headers))
    response.setHeader(name, value)
  response.setHeader('content-type', 'text/plain; charset=utf-8')
  response.end(`${refusal.message}\n`)
}

/** @returns the Refusal (500) for what nobody has foreseen */
export function internalError(
  error: unknown,
  log: (line: string) => void = console.error,
): Refusal {
  log(error instanceof Error ? (error.stack ?? error.message) : String(error))
  return new Refusal(500, 'The server failed; its log says why.')
}

function hostOf({ headers }: AnyRequest): string | undefined {
  return headers[':authority']?.toString() ?? headers.host
}

export function pathOf({ url }: { url?: string }): string {
  return url?.split('?', 1)[0] ?? '/'
}

/** `?after=`, the cursor of clients that cannot send a header. */
export function afterOf({ url }: { url?: string }): string | null {
  return new URLSearchParams(url?.split('?')[1]).get('after')
}
