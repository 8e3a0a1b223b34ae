import { expect, test } from 'vitest'

import type { Result } from '../result.ts'
import { renderReport } from './report.ts'
import { sampleResult } from './sample-result.ts'

const result = sampleResult()
const page = await renderReport(result)

test('titles, reasons and commands are text, never markup', async () => {
  const evil = '</script><img src=x onerror="alert(1)">'
  const [first, ...others] = result.contestants
  const [scenario, ...scenarios] = result.scenarios
  const spoilt: Result = {
    ...result,
    command: evil,
    contestants: first ? [{ ...first, title: evil }, ...others] : [],
    scenarios: scenario ? [{ ...scenario, title: evil }, ...scenarios] : [],
    absent: [{ scenario: 'wire', contestant: 'better-sse', reason: evil }],
  }
  const text = await renderReport(spoilt)
  expect(text).not.toContain('<img')
  for (const tag of [/<script/g, /<\/script/g]) {
    expect(text.match(tag)?.length).toBe(page.match(tag)?.length)
  }
})

test('every address is within the page', () => {
  const outside = withoutScripts(page)
  const addresses = [...outside.matchAll(/(?:src|href|action)="([^"]*)"/g)]
  expect(addresses.length).toBeGreaterThan(3)
  for (const [, address] of addresses) expect(address).toMatch(/^(#|data:)/)
  expect(outside).not.toMatch(/https?:|@import|url\(/)
  expect(page).not.toContain('sourceMappingURL')
})

test('the data is inside, as it was given', () => {
  const [, json = ''] = /id="result">(.*?)<\/script>/.exec(page) ?? []
  expect(JSON.parse(json)).toEqual(result)
})

test('every contestant with a verdict other than ok is marked', () => {
  const doubtful = result.cells.filter(({ verdict }) => verdict !== 'ok')
  expect(new Set(doubtful.map(({ verdict }) => verdict)).size).toBe(4)
  for (const { verdict, reasons } of doubtful) {
    expect(page).toContain(`data-verdict="${verdict}"`)
    for (const reason of reasons) expect(page).toContain(reason)
  }
  expect(page).toContain('"label":"HTTP/2 server push (noisy)"')
  expect(page).toMatch(/"doubtful":true/)
})

test('a bound is not written as a figure', () => {
  expect(page).toMatch(/<td class="number">≥ [\d,]+ per second/)
  expect(page).toMatch(/<td class="number">≤ [\d.]+ ms/)
})

test('the reason of every absent cell is printed', () => {
  const text = withoutScripts(page)
  const reasons = [
    'it opens one connection for each subscriber &#38; page',
    'its bytes are those of lesson 4',
  ]
  for (const reason of reasons) {
    // Once in the head, and once with its scenario.
    expect(text.split(reason)).toHaveLength(3)
  }
})

test('percentiles that the samples cannot tell are not shown', async () => {
  const few = withoutScripts(await renderReport(sampleResult({ samples: 190 })))
  expect(few).toContain('>p90<')
  expect(few).not.toContain('>p99<')
  const more = withoutScripts(page)
  expect(more).toContain('>p99.9<')
  expect(more).not.toContain('>p99.99<')
})

test('all figures are there without JavaScript', () => {
  const text = withoutScripts(page)
  expect(text.match(/<canvas role="img"\s+aria-label="Chart: /g)).toHaveLength(
    8,
  )
  for (const { metrics, shows, hides } of result.scenarios) {
    expect(text).toContain(shows)
    expect(text).toContain(hides)
    for (const { title } of metrics) {
      expect(text).toContain(`<caption>${title}`)
    }
  }
})

test('a result that was ended early says so', async () => {
  const early = await renderReport({ ...result, complete: false })
  expect(early).toContain('Not complete.')
  expect(page).not.toContain('Not complete.')
})

test('a result without any run still makes a page', async () => {
  const empty = { ...result, runs: [], cells: [], comparisons: [] }
  expect(await renderReport(empty)).toContain('Push latency')
})

function withoutScripts(text: string): string {
  return text.replaceAll(/<script.*?<\/script>/gs, '')
}
