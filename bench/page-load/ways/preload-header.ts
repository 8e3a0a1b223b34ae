// The answer says in its header what the page needs. It comes with the page: it
// saves what is found in the files, such as the font in the style sheet.

import { preloadHeader } from '../preload.ts'
import type { Way } from '../way.ts'

export default {
  title: 'Preload header',
  protocol: 'h2',
  headers: (files) => ({ link: preloadHeader(files) }),
} satisfies Way
