// An nginx for this process alone, on a free port.

import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import type { Certificate } from '../../lesson.ts'
import { findProgram, isProgram } from '../../shared/find-program.ts'
import { type Files, freePort, Program, write } from '../program.ts'

/** The path of nginx, if it is installed here. */
export function findNginx(): string | undefined {
  // Not every user has the folder in which Debian puts it among its own.
  return findProgram('nginx') ?? ['/usr/sbin/nginx'].find(isProgram)
}

/** How to get one, as a sentence. */
export const howToGetNginx =
  'There is no nginx here. Get one by "apt install nginx" or "brew install nginx".'

export interface NginxOptions {
  /** The server behind it, which the configuration calls $lesson. */
  readonly lesson?: URL
  /** Files that the configuration includes. */
  readonly files?: Files
  /** With it nginx speaks TLS, and HTTP/2 to clients that can. */
  readonly certificate?: Certificate
  /** More settings, for all that the configuration does not set itself. */
  readonly more?: string
}

export class Nginx implements AsyncDisposable {
  readonly url: URL
  readonly #program: Program

  /**
   * @param configuration the file with its `server`, as it stands
   * @throws Error with a sentence when there is none here, or it refuses the file
   */
  static async start(
    configuration: URL,
    options: NginxOptions,
  ): Promise<Nginx> {
    const path = findNginx()
    if (path === undefined) throw new Error(howToGetNginx)
    const port = await freePort()
    const flags = ['-p', '.', '-c', 'nginx.conf', '-e', 'stderr']
    const program = new Program(path, flags, (folder) => {
      write(folder, around(port, options))
      // By this name: nginx takes a space in a path, or a bracket, for its own.
      const server = join(folder, 'server.conf')
      symlinkSync(fileURLToPath(configuration), server)
    })
    try {
      await program.tells(/start worker process \d+/)
    } catch (error) {
      await program.close()
      throw error
    }
    const scheme = options.certificate ? 'https' : 'http'
    return new Nginx(program, new URL(`${scheme}://127.0.0.1:${port}/`))
  }

  private constructor(program: Program, url: URL) {
    this.#program = program
    this.url = url
  }

  // #region reload
  /**
   * Reads its configuration again. New workers take what is new; the old ones
   * go on with their connections, and are gone when this resolves.
   */
  async reload(): Promise<void> {
    this.#program.signal('SIGHUP')
    await this.#program.tells(/worker process \d+ exited with code 0/)
  }
  // #endregion reload

  close(): Promise<void> {
    return this.#program.close()
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }
}

/** What stands around the configuration: where to listen, and where to put files. */
function around(
  port: number,
  { lesson, files = {}, certificate, more = '' }: NginxOptions,
): Files {
  const isRoot = process.getuid?.() === 0
  const kinds = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  const tls = certificate
    ? ` ssl http2;\nssl_certificate certificate.pem;\nssl_certificate_key key.pem`
    : ''
  const set = lesson ? `set $lesson ${lesson.host};\n` : ''
  return {
    'nginx.conf': `${isRoot ? 'user root;' : ''}
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
    'listen.conf': `listen 127.0.0.1:${port}${tls};\n${set}`,
    ...(certificate && {
      'certificate.pem': certificate.cert,
      'key.pem': certificate.key,
    }),
    ...files,
  }
}
