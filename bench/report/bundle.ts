// The scripts of the page: Chart.js as it is published, and our drawing.

import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { build } from 'esbuild'

import { Html } from './html.ts'

export async function scripts(): Promise<Html> {
  const all = await Promise.all([chartJs(), drawing()])
  return new Html(
    all.map((code) => `<script>${inline(code)}</script>`).join(''),
  )
}

async function chartJs(): Promise<string> {
  const main = createRequire(import.meta.url).resolve('chart.js')
  const code = await readFile(join(dirname(main), 'chart.umd.min.js'), 'utf8')
  // The map is not beside the report, and a browser would look for it there.
  return code.replace(/\n\/\/# sourceMappingURL=.*\s*$/, '')
}

async function drawing(): Promise<string> {
  const entry = new URL('client/main.ts', import.meta.url)
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(entry)],
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    write: false,
    logLevel: 'silent',
  })
  return outputFiles[0]?.text ?? ''
}

/** A script element ends at `</script`, wherever that stands. */
function inline(code: string): string {
  return code.replaceAll('</script', '<\\/script')
}
