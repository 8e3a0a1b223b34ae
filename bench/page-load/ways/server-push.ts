// The files themselves go out before the server thinks, whether the client has
// them or not: the server cannot know.

import type { Way } from '../way.ts'

export default {
  title: 'HTTP/2 server push',
  protocol: 'h2',
  lesson: '06-http2-server-push',
  notInBrowsers:
    'Browsers announce ENABLE_PUSH=0: a server must not push to them.',
  atOnce(stream, { files, push }) {
    if (!stream.pushAllowed) return
    for (const file of files)
      stream.pushStream({ ':path': file.path }, (error, pushed) => {
        // The connection is gone.
        if (!error && !pushed.destroyed) push(pushed, file)
      })
  },
} satisfies Way
