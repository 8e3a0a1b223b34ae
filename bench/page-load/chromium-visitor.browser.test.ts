// What a real browser does with each way.

import { afterAll, beforeAll, expect, test } from 'vitest'

import { makeCertificate } from '../../lessons/certificate.ts'
import { findChromium, howToInstall } from '../../scripts/chromium.ts'
import { EmulatedLink } from '../link/emulated-link.ts'
import { openChromium } from './chromium-visitor.ts'
import { sizes } from './page.ts'
import { PageServer } from './server.ts'
import type { Visitor } from './visitor.ts'
import { wastedBytes } from './waste.ts'
import { loadWays } from './way.ts'

const files = Object.keys(sizes).filter((path) => path !== '/')
const limit = { timeout: 60_000 }
const certificate = await makeCertificate()
let visitor: Visitor | undefined

// One for all: each way has an origin of its own.
beforeAll(async () => {
  if (!findChromium() && process.env.CI !== 'true') return
  visitor = await openChromium({ ca: certificate.cert })
})
afterAll(() => visitor?.[Symbol.asyncDispose]())

test.for(await loadWays())(
  '$id: it asks for each file once, and with a full cache for none',
  limit,
  async (way, { skip }) => {
    if (visitor === undefined) return skip(howToInstall())
    await using server = await PageServer.start(way, certificate)
    // Without a distance Chromium now and then lets a hint pass that comes
    // within some milliseconds: it then asks when it has the page.
    await using link = await EmulatedLink.to(server.url, {
      rttMs: 50,
      lossPercent: 0,
      by: 'proxy',
    })
    const isHinted = way.id === 'early-hints'
    // Longer than it takes to follow a hint, on any machine.
    const thinkMs = isHinted ? 3_000 : 200
    server.expectVisit({ thinkMs })
    const { pageMs, styleMs, allMs } = await visitor.visit(link.url)
    expect(pageMs).toBeGreaterThan(thinkMs - 1)
    expect(styleMs).toBeGreaterThanOrEqual(pageMs)
    expect(allMs).toBeGreaterThanOrEqual(styleMs)
    const seen = server.events.map(({ is, path }) => `${is} ${path}`)
    const asked = seen.filter((one) => one.startsWith('asked'))
    // No push either: it has announced that it takes none.
    expect(asked.toSorted()).toEqual(
      ['/', ...files].map((path) => `asked ${path}`).toSorted(),
    )
    expect(seen.indexOf('answered /')).toBe(isHinted ? seen.length - 1 : 1)
    expect(wastedBytes(server.events, [])).toBe(0)

    server.expectVisit({ thinkMs: 0 })
    const again = await visitor.visit(link.url)
    expect(again.received).toEqual({ '/': sizes['/'] })
    expect(server.events.map(({ path }) => path)).toEqual(['/', '/'])
  },
)
