// For tests: the pages that are published, as `npm start` serves them.

import {
  type ServedFolder,
  serveFolder,
} from '../../../scripts/site/serve-folder.ts'
import { controlMeta } from '../plugins/control.ts'

const path = '/__workbook/control.json'

/**
 * @param folder of the built site
 * @param control the address of the control server, whenever a page asks for it
 */
export function serveBeside(
  folder: string,
  control: () => string,
): Promise<ServedFolder> {
  return serveFolder(folder, {
    head: `<meta name="${controlMeta}" content="${path}">`,
    more: { [path]: () => JSON.stringify({ url: control() }) },
  })
}
