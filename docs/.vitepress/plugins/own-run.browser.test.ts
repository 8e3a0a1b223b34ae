// The reader's own run on the page, as `npm start` shows it.

import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, vi } from 'vitest'

import { readReferences } from '../../../bench/references.ts'
import type { Result } from '../../../bench/result.ts'
import { test } from '../../../lessons/browser-test.ts'
import { runCommand } from '../../../scripts/cli/running-command.ts'
import { lessonsOf } from '../figures/own-run-testing.ts'
import { ownResultsVariable } from './own-run.ts'

test('appears on the open page as soon as it is measured, beside ours', {
  timeout: 90_000,
}, async ({ open, onTestFinished }) => {
  const folder = await mkdtemp(join(tmpdir(), 'own-run-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  vi.stubEnv(ownResultsVariable, folder)
  const site = runCommand('scripts/site-server.ts', '--port', '0')
  // VitePress takes long to start beside other tests.
  const url = await vi.waitUntil(
    () => /http:\S+/.exec(site.stdout)?.[0],
    45_000,
  )
  const page = await open(new URL('results', url))
  await page.locator('#your-run + p', { hasText: 'npm run bench' }).waitFor()

  const yours: Result = {
    ...lessonsOf('push-latency.json', readReferences()),
    id: '2026-12-24T18-00-00-mine',
  }
  const reloaded = page.waitForEvent('framenavigated', { timeout: 5_000 })
  await writeFile(join(folder, 'mine.json'), JSON.stringify(yours))
  await reloaded

  const own = page.locator('.own-run')
  const chart = own.locator('[data-chart="own.push-latency.p50Us"]')
  await chart.scrollIntoViewIfNeeded()
  await own.locator('[data-state=drawn]').first().waitFor()
  expect(await own.innerText()).toContain(
    'Yours is 1 times ours, where both verdicts are ok.',
  )
  expect(await readdir(folder)).toEqual(['mine.json'])
})
