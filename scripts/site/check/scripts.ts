// Which scripts a page loads, and what they weigh.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

import { buildSync } from 'esbuild'

import { attributeOf, type BuiltPage, type BuiltSite } from '../built-site.ts'

/** The scripts of a site. */
export interface Scripts {
  /** Files that are loaded with the page, without being asked for. */
  loadedBy(page: BuiltPage): ReadonlySet<string>
  /** By file. */
  readonly gzippedBytes: ReadonlyMap<string, number>
}

export function scriptsOf({ base, files, folder }: BuiltSite): Scripts {
  const scripts = [...files].filter((file) => file.endsWith('.js'))
  const imports = importsOf(folder, scripts)
  const withImports = (found: Set<string>, file: string): Set<string> => {
    if (found.has(file) || !files.has(file)) return found
    found.add(file)
    return (imports.get(file) ?? []).reduce(withImports, found)
  }
  return {
    loadedBy({ document }) {
      const elements = document.querySelectorAll(
        'script[src], link[rel="modulepreload"]',
      )
      return elements
        .map((one) => attributeOf(one, one.is('script') ? 'src' : 'href'))
        .map((address) => address.slice(base.length))
        .reduce(withImports, new Set<string>())
    },
    gzippedBytes: new Map(
      scripts.map((file) => {
        const bytes = readFileSync(join(folder, file))
        return [file, gzipSync(bytes, { level: 9 }).length]
      }),
    ),
  }
}

/** Static imports alone: the others are loaded when they are needed. */
function importsOf(
  folder: string,
  scripts: readonly string[],
): Map<string, string[]> {
  if (scripts.length === 0) return new Map()
  const { metafile } = buildSync({
    absWorkingDir: folder,
    entryPoints: [...scripts],
    bundle: true,
    format: 'esm',
    metafile: true,
    write: false,
    outdir: folder,
    logLevel: 'silent',
    splitting: true,
  })
  return new Map(
    Object.entries(metafile.inputs).map(([file, { imports }]) => [
      file,
      imports
        .filter(({ kind }) => kind === 'import-statement')
        .map(({ path }) => path),
    ]),
  )
}
