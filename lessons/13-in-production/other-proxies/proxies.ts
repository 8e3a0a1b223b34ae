// Caddy and HAProxy, each with its configuration as it stands.

import { fileURLToPath } from 'node:url'

import type { Certificate } from '../../lesson.ts'
import { findProgram, isProgram } from '../../shared/find-program.ts'
import { type Files, freePort, Program, write } from '../program.ts'

export interface OtherProxy {
  readonly title: string
  /** Where it is, if it is installed here. */
  find(): string | undefined
  /** How to get one, as a sentence. */
  readonly howToGet: string
  /** Starts it before the server at `lesson`. */
  start(options: ProxyOptions): Promise<StartedProxy>
}

export interface ProxyOptions {
  readonly lesson: URL
  /** With it it speaks TLS, and HTTP/2 to clients that can. */
  readonly certificate?: Certificate
}

export interface StartedProxy extends AsyncDisposable {
  readonly url: URL
}

interface Kind {
  readonly title: string
  readonly name: string
  readonly configuration: string
  flags(configuration: string): readonly string[]
  /** What the configuration takes from its environment. */
  env(port: number, options: ProxyOptions): Readonly<Record<string, string>>
  files(certificate: Certificate): Files
}

const kinds: readonly Kind[] = [
  {
    title: 'Caddy',
    name: 'caddy',
    configuration: 'Caddyfile',
    flags: (file) => ['run', '--adapter', 'caddyfile', '--config', file],
    env: (port, { lesson, certificate }) => ({
      ADDRESS: `${certificate ? 'https' : 'http'}://127.0.0.1:${port}`,
      TLS: certificate ? 'tls certificate.pem key.pem' : '',
      LESSON: lesson.host,
      // Where it keeps what it thinks of.
      XDG_DATA_HOME: '.',
      XDG_CONFIG_HOME: '.',
    }),
    files: ({ cert, key }) => ({ 'certificate.pem': cert, 'key.pem': key }),
  },
  {
    title: 'HAProxy',
    name: 'haproxy',
    configuration: 'haproxy.cfg',
    flags: (file) => ['-db', '-f', file],
    env: (port, { lesson, certificate }) => ({
      PORT: `${port}`,
      TLS: certificate ? 'ssl crt site.pem alpn h2,http/1.1' : '',
      LESSON: lesson.host,
    }),
    files: ({ cert, key }) => ({ 'site.pem': `${cert}\n${key}` }),
  },
]

export const proxies: readonly OtherProxy[] = kinds.map((kind) => {
  const find = () =>
    findProgram(kind.name) ?? [`/usr/sbin/${kind.name}`].find(isProgram)
  const howToGet = `There is no ${kind.title} here. Get one by "apt install ${kind.name}" or "brew install ${kind.name}".`
  return {
    title: kind.title,
    find,
    howToGet,
    async start(options) {
      const path = find()
      if (path === undefined) throw new Error(howToGet)
      return start(kind, path, options)
    },
  }
})

async function start(
  kind: Kind,
  path: string,
  options: ProxyOptions,
): Promise<StartedProxy> {
  const { certificate } = options
  const port = await freePort()
  const file = fileURLToPath(new URL(kind.configuration, import.meta.url))
  const program = new Program(
    path,
    kind.flags(file),
    (folder) => certificate && write(folder, kind.files(certificate)),
    kind.env(port, options),
  )
  try {
    await program.accepts(port)
  } catch (error) {
    await program.close()
    throw error
  }
  const scheme = certificate ? 'https' : 'http'
  return {
    url: new URL(`${scheme}://127.0.0.1:${port}/`),
    [Symbol.asyncDispose]: () => program.close(),
  }
}
