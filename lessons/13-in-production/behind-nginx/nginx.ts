// An nginx for this process alone: on a free port, with files of its own, and
// ended with it. One that runs already is left alone.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import type { Certificate } from '../../lesson.ts'
import { findProgram, isProgram } from '../../shared/find-program.ts'

/** Longer than a busy machine takes. */
const patienceMs = 20_000

/** The path of nginx, if it is installed here. */
export function findNginx(): string | undefined {
  // Not every user has the folder in which Debian puts it among its own.
  return findProgram('nginx') ?? ['/usr/sbin/nginx'].find(isProgram)
}

/** How to get one, as a sentence. */
export const howToGetNginx =
  'There is no nginx here. Get one by "apt install nginx" or "brew install nginx".'

export interface NginxOptions {
  /** The server behind it. */
  readonly lesson: URL
  /** With it nginx speaks TLS, and HTTP/2 to clients that can. */
  readonly certificate?: Certificate
  /** More settings, for all that the configuration does not set itself. */
  readonly more?: string
}

export class Nginx implements AsyncDisposable {
  readonly url: URL
  readonly #child: ChildProcess
  readonly #folder: string
  #told = ''

  /**
   * @param configuration the file with its `server`, as it stands
   * @throws Error with a sentence when there is none here, or it refuses the file
   */
  static async start(
    configuration: URL,
    options: NginxOptions,
  ): Promise<Nginx> {
    const program = findNginx()
    if (program === undefined) throw new Error(howToGetNginx)
    const port = await freePort()
    const folder = mkdtempSync(join(tmpdir(), 'workbook-nginx-'))
    writeFiles(folder, port, configuration, options)
    const nginx = new Nginx(program, folder, port, options)
    try {
      await nginx.#tells(/start worker process \d+/)
      return nginx
    } catch (error) {
      await nginx.close()
      throw error
    }
  }

  private constructor(
    program: string,
    folder: string,
    port: number,
    { certificate }: NginxOptions,
  ) {
    const scheme = certificate ? 'https' : 'http'
    this.url = new URL(`${scheme}://127.0.0.1:${port}/`)
    this.#folder = folder
    const flags = ['-p', folder, '-c', 'nginx.conf', '-e', 'stderr']
    this.#child = spawn(program, flags, {
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#told += text
      this.#child.emit('told')
    })
    process.on('exit', this.#end)
  }

  // #region reload
  /**
   * Reads its configuration again. New workers take what is new; the old ones
   * go on with their connections, and are gone when this resolves.
   */
  async reload(): Promise<void> {
    this.#told = ''
    this.#child.kill('SIGHUP')
    await this.#tells(/worker process \d+ exited with code 0/)
  }
  // #endregion reload

  async close(): Promise<void> {
    process.off('exit', this.#end)
    const { exitCode, signalCode } = this.#child
    if (exitCode === null && signalCode === null) {
      const ended = once(this.#child, 'close')
      this.#child.kill('SIGTERM') // At once: its workers end with it.
      await ended
    }
    rmSync(this.#folder, { recursive: true, force: true })
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  readonly #end = () => {
    this.#child.kill('SIGTERM')
  }

  async #tells(pattern: RegExp): Promise<void> {
    const late = AbortSignal.timeout(patienceMs)
    while (!pattern.test(this.#told)) {
      if (this.#child.exitCode !== null || late.aborted)
        throw new Error(`nginx does not do as it should:\n${this.#told}`)
      await Promise.race([
        once(this.#child, 'told', { signal: late }).catch(() => {}),
        once(this.#child, 'close', { signal: late }).catch(() => {}),
      ])
    }
  }
}

/** What stands around the configuration: where to listen, and where to put files. */
function writeFiles(
  folder: string,
  port: number,
  configuration: URL,
  { lesson, certificate, more = '' }: NginxOptions,
): void {
  const write = (name: string, text: string) =>
    writeFileSync(join(folder, name), text, { mode: 0o600 })
  const isRoot = process.getuid?.() === 0
  const kinds = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  // Workers of another user could not read the folder.
  chmodSync(folder, 0o700)
  write(
    'nginx.conf',
    `${isRoot ? 'user root;' : ''}
daemon off;
worker_processes 1;
worker_shutdown_timeout 1s;
pid nginx.pid;
error_log stderr notice;
events {}
http {
  access_log off;
  ${kinds.map((kind) => `${kind}_temp_path ${kind};`).join('\n  ')}
  ${more}
  include server.conf;
}
`,
  )
  // By this name: nginx takes a space in a path, or a bracket, for its own.
  symlinkSync(fileURLToPath(configuration), join(folder, 'server.conf'))
  const tls = certificate
    ? ` ssl http2;\nssl_certificate certificate.pem;\nssl_certificate_key key.pem`
    : ''
  write(
    'listen.conf',
    `listen 127.0.0.1:${port}${tls};\nset $lesson ${lesson.host};\n`,
  )
  if (certificate === undefined) return
  write('certificate.pem', certificate.cert)
  write('key.pem', certificate.key)
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
