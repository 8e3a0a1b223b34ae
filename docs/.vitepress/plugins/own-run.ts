// While the site is served, the reader's own results are shown beside the
// committed ones, and a new one appears on the open page.

import { dirname, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

import { localResults } from '../../../bench/results-folder.ts'
import { serveOwnRuns } from '../figures/own-run.ts'
import type { Plugin } from './plugin.ts'

/** The folder with them, for tests, which must not touch a reader's results. */
export const ownResultsVariable = 'WORKBOOK_OWN_RESULTS'

/** @param folder where a reader's own results land */
export function ownRun(folder = ownResults()): Plugin {
  return {
    name: 'workbook-own-run',
    apply: 'serve',
    configureServer({ watcher, moduleGraph, ws }) {
      serveOwnRuns(folder)
      const path = resolve(fileURLToPath(folder))
      const isOwn = (file: string) =>
        dirname(resolve(file)) === path && file.endsWith('.json')
      const show = (file: string) => {
        if (!isOwn(file)) return
        // Pages are made of it, and do not import it.
        for (const [name, modules] of moduleGraph.fileToModulesMap)
          if (name.endsWith('.md'))
            for (const one of modules) moduleGraph.invalidateModule(one)
        ws.send({ type: 'full-reload' })
      }
      watcher.add(path)
      watcher.on('add', show).on('change', show).on('unlink', show)
    },
  }
}

function ownResults(): URL {
  const { [ownResultsVariable]: folder } = process.env
  return folder ? pathToFileURL(`${resolve(folder)}/`) : localResults
}
