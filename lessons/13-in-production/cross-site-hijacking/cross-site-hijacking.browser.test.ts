// The attack in a real browser: it works, unless the server looks at Origin.

import { expect, vi } from 'vitest'

import { eventually, test } from '../../browser-test.ts'
import { Feed } from '../../feed.ts'
import { listen } from '../../start.ts'
import { login, openFrom } from './attack.ts'
import { serveAttacker, serveVictim } from './victim.ts'

vi.setConfig({ testTimeout: 60_000 })

const here = '127.0.0.1'

test.for([
  { checksOrigin: false, shows: /"data":"for Ada only"/, status: 101 },
  { checksOrigin: true, shows: /^closed with 1006$/m, status: 403 },
])(
  'Origin is checked: $checksOrigin',
  async ({ checksOrigin, shows, status }, { open }) => {
    const feed = new Feed()
    const server = serveVictim(feed, { checksOrigin })
    await using victim = await listen(server, 0, here)
    await using attacker = await listen(await serveAttacker(), 0, here)
    await open(victim.url) // It has logged in.
    const page = new URL(attacker.url)
    page.searchParams.set('victim', victim.url.origin)
    const attack = await open(page)
    // The victim's own page follows, and the attacker's as well if it may.
    if (!checksOrigin)
      await eventually(() => feed.followerCount, 'the attack').toBe(2)
    feed.publish('for Ada only')
    await eventually(
      () => attack.locator('#stolen').textContent(),
      'what the attacker sees',
    ).toMatch(shows)
    // Without a browser, the command sends what the browser did.
    const cookie = await login(victim.url)
    expect(await openFrom(attacker.url, victim.url, cookie)).toBe(status)
    expect(await openFrom(victim.url, victim.url, cookie)).toBe(101)
    expect(await openFrom(victim.url, victim.url, 'session=guessed')).toBe(401)
  },
)
