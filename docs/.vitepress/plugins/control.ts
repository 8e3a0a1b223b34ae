// Tells pages where the workbook's servers are: only `npm start` knows, so only
// the pages that it serves find them without being asked.

import type { Plugin } from './plugin.ts'

/** Of the control server; set by the process that started this one. */
export const controlVariable = 'WORKBOOK_CONTROL'

/** The name of the page's `<meta>` that says where to ask. */
export const controlMeta = 'workbook-control'

/** Answers `__workbook/control.json`: `{ "url": "http://127.0.0.1:8000/" }`. */
export function control(base: string): Plugin {
  const path = `${base}__workbook/control.json`
  return {
    name: 'workbook-control',
    apply: 'serve',
    transformIndexHtml: () => [
      { tag: 'meta', attrs: { name: controlMeta, content: path } },
    ],
    configureServer({ middlewares }) {
      middlewares.use(path, (_, response) => {
        const url = process.env[controlVariable]
        response.setHeader('content-type', 'application/json')
        response.setHeader('cache-control', 'no-store')
        response.statusCode = url === undefined ? 503 : 200
        response.end(JSON.stringify({ url }))
      })
    },
  }
}
