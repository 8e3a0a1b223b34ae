// A way to carry several topics to one client, each on a stream of its own. Each
// file in `ways/` exports one; adding a way is adding a file.

import { readdir } from 'node:fs/promises'

export interface Way {
  /** In legends and tables, such as `Streams of HTTP/2`. */
  readonly title: string
  /** Whose code carries it. */
  readonly implementation: string
  /** The folder of the lesson that teaches it. */
  readonly lesson: string
  /** What this machine lacks for it, as a sentence; undefined when it has all. */
  missing?(): string | undefined
  /** Resolves when the client has all streams. */
  open(options: OpenOptions): Promise<OpenTopics>
}

export interface OpenOptions {
  readonly topics: number
  /** Opens a link to the server. Resolves to where the client connects. */
  link(target: URL): Promise<URL>
  /** Takes what has come to the client. */
  arrived(message: TopicMessage): void
}

export interface TopicMessage {
  /** From 0. */
  readonly topic: number
  /** From 0, over all topics. */
  readonly n: number
  readonly data: string
}

/** Server and client of a way, with a stream for each topic. */
export interface OpenTopics extends AsyncDisposable {
  /** Sends it on the stream of its topic. */
  send(message: TopicMessage): void
}

export interface NamedWay extends Way {
  readonly id: string
}

export async function loadWays(): Promise<NamedWay[]> {
  const names = await readdir(new URL('ways/', import.meta.url))
  const ids = names
    .filter((name) => name.endsWith('.ts'))
    .map((name) => name.slice(0, -'.ts'.length))
  return Promise.all(ids.toSorted().map(loadWay))
}

/** @throws Error when there is none of this id */
export async function loadWay(id: string): Promise<NamedWay> {
  const module: { default: Way } = await import(`./ways/${id}.ts`)
  return { id, ...module.default }
}

/** The numbers of the topics. */
export function topicsOf({ topics }: Pick<OpenOptions, 'topics'>): number[] {
  return [...Array(topics).keys()]
}
