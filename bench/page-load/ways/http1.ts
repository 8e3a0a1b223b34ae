// HTTP/1.1, and nothing else: each file is asked for when it is known of, on up
// to six connections.

import type { Way } from '../way.ts'

export default { title: 'HTTP/1.1', protocol: 'http/1.1' } satisfies Way
