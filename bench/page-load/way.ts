// A way to deliver a page: what the server does beside answering. Each file in
// `ways/` exports one; adding a way is adding a file.

import { readdir } from 'node:fs/promises'
import type { OutgoingHttpHeaders, ServerHttp2Stream } from 'node:http2'

import type { PageFile } from './page.ts'

export interface Way {
  /** In legends and tables, such as `Early Hints`. */
  readonly title: string
  readonly protocol: 'http/1.1' | 'h2'
  /** The folder of the lesson that teaches it. */
  readonly lesson?: string
  /** Why it cannot be measured in a browser, as a sentence. */
  readonly notInBrowsers?: string
  /** When the page is asked for, before the server thinks about it. */
  readonly atOnce?: (stream: ServerHttp2Stream, page: Outset) => void
  /** Beside those that every answer has, with the page itself. */
  readonly headers?: (files: readonly PageFile[]) => OutgoingHttpHeaders
}

/** What a server knows of a page before it has thought. */
export interface Outset {
  /** Everything but the page itself. */
  readonly files: readonly PageFile[]
  /** Sends one of them on a stream that was promised for it. */
  push(stream: ServerHttp2Stream, file: PageFile): void
}

export interface NamedWay extends Way {
  readonly id: string
}

/** All ways, from the oldest to the newest that browsers had. */
export async function loadWays(): Promise<NamedWay[]> {
  const names = await readdir(new URL('ways/', import.meta.url))
  const ids = names
    .filter((name) => name.endsWith('.ts'))
    .map((name) => name.slice(0, -'.ts'.length))
  ids.sort((a, b) => placeOf(a) - placeOf(b) || a.localeCompare(b))
  return Promise.all(ids.map(loadWay))
}

/** @throws Error when there is none of this id */
export async function loadWay(id: string): Promise<NamedWay> {
  const module: { default: Way } = await import(`./ways/${id}.ts`)
  return { id, ...module.default }
}

const order = ['http1', 'http2', 'preload-header', 'early-hints', 'server-push']

/** A new one comes last. */
function placeOf(id: string): number {
  return order.includes(id) ? order.indexOf(id) : order.length
}
