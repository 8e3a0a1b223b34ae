// An nginx before the nodes: one address for all of them.

import { Nginx } from '../../13-in-production/behind-nginx/nginx.ts'

/** @throws Error with a sentence when there is no nginx here */
export function startFront(urls: readonly URL[]): Promise<Nginx> {
  const list = urls.map(
    ({ host }) => `server ${host} max_fails=1 fail_timeout=1s;\n`,
  )
  return Nginx.start(new URL('../nodes.conf', import.meta.url), {
    files: { 'nodes-list.conf': list.join('') },
  })
}
