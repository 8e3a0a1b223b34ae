// Tells pages where the workbook's servers are: only `npm start` knows, so only
// the pages that it serves find them without being asked.

import type { Plugin } from './plugin.ts'

/** Of the control server; set by the process that started this one. */
export const controlVariable = 'WORKBOOK_CONTROL'

/** Answers `__workbook/control.json`: `{ "url": "http://127.0.0.1:8000/" }`. */
export function control(base: string): Plugin {
  return {
    name: 'workbook-control',
    apply: 'serve',
    configureServer({ middlewares }) {
      middlewares.use(`${base}__workbook/control.json`, (_, response) => {
        const url = process.env[controlVariable]
        response.setHeader('content-type', 'application/json')
        response.setHeader('cache-control', 'no-store')
        response.statusCode = url === undefined ? 503 : 200
        response.end(JSON.stringify({ url }))
      })
    },
  }
}
