// What a lesson's bare page consists of. Nothing is cached: edit and reload.

import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

import { build } from 'esbuild'

export interface Asset {
  readonly type: string
  /** The content as it is on the disk now. */
  read(): Promise<string>
}

/**
 * The files of a lesson's page, by their paths on its server.
 *
 * @param of the lesson's folder, as `import.meta.url` of a file in it, or in its
 *   exercise, which has the same page
 */
export function pageAssets(of: string) {
  const folder = of.replace(/\/exercise\/[^/]*$/, '/')
  return {
    '/': {
      type: 'text/html; charset=utf-8',
      read: () => readFile(new URL('page.html', folder), 'utf8'),
    },
    '/style.css': {
      type: 'text/css; charset=utf-8',
      read: () => readFile(new URL('../page/style.css', folder), 'utf8'),
    },
    '/page.js': script(new URL('../page/page.ts', folder)),
    '/browser.js': script(new URL('browser.ts', folder)),
  } satisfies Record<string, Asset>
}

/** A module with all that it imports, types stripped, for browsers. */
export function script(source: URL): Asset {
  return {
    type: 'text/javascript; charset=utf-8',
    async read() {
      const { outputFiles } = await build({
        entryPoints: [fileURLToPath(source)],
        bundle: true,
        format: 'esm',
        target: 'es2022',
        sourcemap: 'inline',
        write: false,
        logLevel: 'silent',
      })
      return outputFiles[0]?.text ?? ''
    },
  }
}
