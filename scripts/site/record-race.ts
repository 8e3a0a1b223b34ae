// Records the race: the workbook's own servers, its own page in Chromium, and a
// short scene. What is kept is what the page saves for any reader.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'

import { readRecording } from '../../docs/.vitepress/live/read-recording.ts'
import { localCertificate } from '../../lessons/certificate.ts'
import { launchChromium, trusting } from '../chromium.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const file = new URL(
  '../../docs/.vitepress/live/recorded-race.json',
  import.meta.url,
)
const deadlineMs = 30_000

/** A page that only plays it must stay light: some 130 messages. */
const mostBytesALane = 2_000

/** Takes half a minute. @throws Error when a step of the scene does not happen */
export async function recordRace(signal: AbortSignal): Promise<void> {
  const certificate = await localCertificate()
  const workbook = await startWorkbook(signal)
  const browser = await launchChromium({ args: [trusting(certificate)] })
  try {
    const page = await browser.newPage()
    page.setDefaultTimeout(deadlineMs)
    await page.goto(new URL('race', workbook.url).href)
    await perform(page)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save this run' }).click(),
    ])
    const text = await readFile(await download.path(), 'utf8')
    const { lanes } = readRecording(JSON.parse(text))
    if (text.length > mostBytesALane * lanes.length)
      throw new Error(
        `A recording must take at most ${mostBytesALane} bytes a lane, got ${text.length} for ${lanes.length}: make the scene shorter, or slower.`,
      )
    await writeFile(file, `${text}\n`)
    console.log(`${fileURLToPath(file)}: ${text.length} bytes`)
  } finally {
    await browser.close()
    await workbook.end()
  }
}

/** What a viewer is to see: calm, busy, a cut that nobody loses by, a slow reader. */
async function perform(page: Page): Promise<void> {
  await everyLaneIsOpen(page)
  // Once more, with everything loaded: a first start is not what a race shows.
  await page.getByRole('button', { name: 'Stop' }).click()
  await page.getByRole('button', { name: 'Start' }).click()
  await everyLaneIsOpen(page)
  await sleep(6_000)
  await page.getByLabel('Messages a second').fill('6')
  await sleep(4_000)
  await page.getByRole('button', { name: 'Cut all connections' }).click()
  await page.getByText('Every connection is open again.').waitFor()
  await sleep(4_000)
  const pause = page.getByRole('button', { name: /^Pause the reader/ }).last()
  await pause.click()
  await sleep(3_000)
  await pause.click()
  await sleep(3_000)
  await page.getByLabel('Publish a message').fill('hello')
  await page.getByRole('button', { name: 'Publish' }).click()
  await sleep(2_500)
}

async function everyLaneIsOpen(page: Page): Promise<void> {
  const waiting = page.locator('[data-lane]:not([data-state="open"])')
  const deadline = performance.now() + deadlineMs
  while ((await waiting.count()) > 0) {
    if (performance.now() > deadline)
      throw new Error(
        `In the race not every lane is open after ${deadlineMs / 1_000} s: ${await waiting.allTextContents()}`,
      )
    await sleep(50)
  }
}

async function startWorkbook(signal: AbortSignal) {
  const child = spawn(
    process.execPath,
    [
      ...['--import', 'tsx', 'scripts/start.ts'],
      ...['--ports-from', '0', '--site-port', '0'],
    ],
    { cwd: root, signal, stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const ended = once(child, 'close')
  for await (const line of createInterface(child.stdout)) {
    const [url] = /^The workbook is at (\S+)/.exec(line)?.slice(1) ?? []
    if (url === undefined) continue
    child.stdout.resume()
    return {
      url: new URL(url),
      async end() {
        child.kill('SIGINT')
        await ended
      },
    }
  }
  throw new Error('npm start ended before it said where the site is.')
}
