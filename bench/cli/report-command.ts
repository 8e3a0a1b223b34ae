// `npm run bench -- report out.json --html out.html`: one page, to be opened
// without a network.

import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

import { renderReport } from '../report/report.ts'
import { writeWhole } from '../session.ts'
import type { AddCommand } from './add-command.ts'
import { readResult } from './read-result.ts'

export const reportCommand: AddCommand = (program, choose) => {
  program
    .command('report')
    .argument('<result>', 'a result file')
    .option(
      '--html <file>',
      'where the page goes; beside the result, if absent',
    )
    .description('makes a page with charts of a result')
    .action((path: string, { html }: { html?: string }) =>
      choose(async () => {
        const page = await renderReport(await readResult(path))
        const file = html ?? path.replace(/(\.json)?$/, '.html')
        await writeWhole(pathToFileURL(resolve(file)), page)
        console.log(`Report  ${file}`)
      }),
    )
}
