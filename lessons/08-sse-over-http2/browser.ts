// SSE over HTTP/2 in the browser: the same file as for HTTP/1.1. No page can
// tell the difference, until it opens the seventh stream.

import { subscribe } from '../04-server-sent-events/browser.ts'

export { subscribe }
