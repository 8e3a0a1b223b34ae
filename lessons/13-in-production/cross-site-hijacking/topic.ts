// `npm run lesson 13 -- cross-site-hijacking`: a page that reads what is not for
// it, from a server that trusts a cookie, and one that does not get it.

import { colors } from '../../../scripts/cli/colors.ts'
import { Feed } from '../../feed.ts'
import { every } from '../../shared/every.ts'
import { sleep } from '../../shared/sleep.ts'
import { listen } from '../../start.ts'
import { print, type Topic } from '../topic.ts'
import { login, openFrom } from './attack.ts'
import { serveAttacker, serveVictim } from './victim.ts'

export default {
  about: 'a page elsewhere that opens a WebSocket with your cookie (stays)',
  async run(signal) {
    const feed = new Feed()
    every(1_000, signal, () => {
      feed.publish(`For Ada only: it is ${new Date().toISOString()}`)
    })
    await using attacker = await listen(await serveAttacker(), 0, '127.0.0.1')
    for (const checksOrigin of [false, true]) {
      const victim = await listen(
        serveVictim(feed, { checksOrigin }),
        0,
        '127.0.0.1',
      )
      signal.addEventListener('abort', () => victim.close(), { once: true })
      const cookie = await login(victim.url)
      print(
        colors.bold(
          `A server that ${checksOrigin ? 'looks at Origin as well' : 'trusts its cookie'}`,
        ),
      )
      for (const { url } of [victim, attacker])
        print(
          `  Origin: ${url.origin}  ${await openFrom(url, victim.url, cookie)}${url === victim.url ? '  its own page' : '  the page of somebody else'}`,
        )
      const page = new URL(attacker.url)
      page.searchParams.set('victim', victim.url.origin)
      print(`  In a browser: log in at   ${victim.url}`)
      print(`  and then, in that one, look at ${page}\n`)
    }
    print('Ctrl-C ends them.')
    await sleep(2 ** 31 - 1, signal)
  },
} satisfies Topic
