// Files of JSON that are made from the results: answered while the site is
// served, written when it is built.

import type { Plugin } from './plugin.ts'

export interface JsonFolder {
  /** The folder below the site's base, such as `charts`. */
  readonly name: string
  /** The names of all files without `.json`, for the build. */
  names(): readonly string[]
  /** @returns undefined when there is no such file */
  read(name: string): string | undefined
}

/**
 * @param base the path below which the site is published
 * @returns one plugin for the server and one for the build
 */
export function serveJson(base: string, folder: JsonFolder): Plugin[] {
  return [serving(base, folder), building(folder)]
}

function serving(base: string, { name, read }: JsonFolder): Plugin {
  const path = new RegExp(`^${base}${name}/([^/?]+)\\.json(?:\\?|$)`)
  return {
    name: `workbook-${name}`,
    apply: 'serve',
    configureServer({ middlewares }) {
      middlewares.use((request, response, next) => {
        const [, file] = path.exec(request.url ?? '') ?? []
        if (file === undefined) return next()
        try {
          const body = read(decodeURIComponent(file))
          response.statusCode = body === undefined ? 404 : 200
          response.setHeader('content-type', 'application/json')
          response.setHeader('cache-control', 'no-store')
          response.end(body ?? JSON.stringify({ error: `No ${file}.json.` }))
        } catch (error) {
          next(error)
        }
      })
    },
  }
}

function building({ name, names, read }: JsonFolder): Plugin {
  return {
    name: `workbook-${name}-files`,
    // VitePress builds twice; the pages' own files are those of the browsers.
    apply: (_, { command, isSsrBuild }) => command === 'build' && !isSsrBuild,
    generateBundle() {
      for (const file of names())
        this.emitFile({
          type: 'asset',
          fileName: `${name}/${file}.json`,
          source: read(file) ?? '',
        })
    },
  }
}
