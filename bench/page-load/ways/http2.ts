// HTTP/2, and nothing else: each file is asked for when it is known of, all on
// one connection.

import type { Way } from '../way.ts'

export default { title: 'HTTP/2', protocol: 'h2' } satisfies Way
