// The same header in a 103, which goes out before the server thinks: what the
// client does not have, it asks for meanwhile.

import { preloadHeader } from '../preload.ts'
import type { Way } from '../way.ts'

export default {
  title: 'Early Hints',
  protocol: 'h2',
  lesson: '07-early-hints',
  atOnce(stream, { files }) {
    stream.additionalHeaders({ ':status': 103, link: preloadHeader(files) })
  },
} satisfies Way
