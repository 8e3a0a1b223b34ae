// Finding the servers of a workbook from a page.

import { afterEach, describe, expect, it, vi } from 'vitest'

import { manifestSchema } from '../../../scripts/control/manifest.ts'
import { serversAt, usualAddress } from './servers.ts'

const manifest = {
  schema: manifestSchema,
  machine: { os: '', cpu: '', cores: 2, node: '' },
  lessons: [],
}

afterEach(() => {
  vi.unstubAllGlobals()
})

/** A network on which one answer is given to all. */
function answering(...answers: (Response | Error)[]) {
  const fetch = vi.fn(async (_url: URL, _init: RequestInit) => {
    const answer = answers.shift()
    if (answer === undefined || answer instanceof Error)
      throw answer ?? new TypeError('Failed to fetch')
    return answer
  })
  vi.stubGlobal('fetch', fetch)
  return fetch
}

describe('an address that a reader gives', () => {
  it('is asked for its manifest', async () => {
    const fetch = answering(Response.json(manifest))
    const servers = await serversAt(usualAddress)
    expect(servers.manifest).toEqual(manifest)
    expect(String(fetch.mock.calls[0]?.[0])).toBe(usualAddress)
    expect(fetch.mock.calls[0]?.[1]).toMatchObject({
      targetAddressSpace: 'loopback',
    })
  })

  it.each([
    'http://example.org/',
    'http://127.0.0.1.example.org/',
    'https://127.0.0.1:8000/',
    'javascript:alert(1)',
    'nonsense',
  ])('%s is refused before anybody is asked', async (address) => {
    const fetch = answering()
    await expect(serversAt(address)).rejects.toThrow(
      /must be one of this machine/,
    )
    expect(fetch).not.toHaveBeenCalled()
  })

  it('at which nothing answers says what to do', async () => {
    answering(new TypeError('Failed to fetch'))
    await expect(serversAt(usualAddress)).rejects.toThrow(
      /Nothing answers at http:\/\/127\.0\.0\.1:8000.*npm start/,
    )
  })

  it.each([
    ['a page', new Response('<html></html>')],
    ['other JSON', Response.json({ schema: 'other' })],
    ['a refusal', new Response('no', { status: 403 })],
  ])('that answers with %s is no control server', async (_, answer) => {
    answering(answer)
    await expect(serversAt(usualAddress)).rejects.toThrow(
      /is no control server of the workbook/,
    )
  })
})

describe('what a page asks of the servers', () => {
  it('goes to the control server as JSON', async () => {
    const fetch = answering(
      Response.json(manifest),
      new Response(null, { status: 204 }),
    )
    const servers = await serversAt('http://localhost:9000/anything')
    await servers.cut('http://127.0.0.1:8104/')
    expect(String(fetch.mock.calls[1]?.[0])).toBe('http://localhost:9000/cut')
    expect(fetch.mock.calls[1]?.[1].body).toBe(
      '{"url":"http://127.0.0.1:8104/"}',
    )
  })

  it('is refused in the words of the server', async () => {
    answering(
      Response.json(manifest),
      new Response('ratePerS must be 0 to 50, got 99.\n', { status: 400 }),
    )
    const servers = await serversAt(usualAddress)
    await expect(servers.setPace({ ratePerS: 99, bytes: 64 })).rejects.toThrow(
      /^ratePerS must be 0 to 50, got 99\.$/,
    )
  })
})
