// Finding the servers of a workbook from a page.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { manifestSchema } from '../../../scripts/control/manifest.ts'
import { serversAt, serversBeside, usualAddress } from './servers.ts'

const manifest = {
  schema: manifestSchema,
  machine: { os: '', cpu: '', cores: 2, node: '' },
  lessons: [],
}

beforeEach(() => {
  vi.stubGlobal('location', new URL('https://site.example/race'))
})

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

/** A browser that asks its reader before a page may reach their machine. */
function asking(state: PermissionState) {
  vi.stubGlobal('navigator', {
    permissions: { query: async () => ({ state }) },
  })
}

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

  it('may wait for a reader whom the browser asks', async () => {
    const wait = vi.spyOn(AbortSignal, 'timeout')
    asking('prompt')
    answering(Response.json(manifest))
    await serversAt(usualAddress)
    expect(wait).toHaveBeenCalledExactlyOnceWith(120_000)
  })

  it('that the browser keeps from the page says where to allow it', async () => {
    asking('denied')
    answering()
    await expect(serversAt(usualAddress)).rejects.toThrow(
      /Your browser does not let this page reach your machine.*https:\/\/site\.example/,
    )
  })

  it('that lets no page from elsewhere in says how to let it in', async () => {
    answering(new TypeError('Failed to fetch'), new Response())
    await expect(serversAt(usualAddress)).rejects.toThrow(
      /no page of https:\/\/site\.example.*--allow-origin https:\/\/site\.example/,
    )
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

describe('the servers beside a page', () => {
  const beside = new URL('http://127.0.0.1:5170/__workbook/control.json')

  it('may be a moment later than the page', async () => {
    vi.useFakeTimers()
    const fetch = answering(
      Response.json({}, { status: 503 }),
      Response.json({ url: usualAddress }),
      Response.json(manifest),
    )
    const finding = serversBeside(beside)
    await vi.runAllTimersAsync()
    expect((await finding).manifest).toEqual(manifest)
    expect(fetch.mock.calls.map(([url]) => String(url))).toEqual([
      beside.href,
      beside.href,
      usualAddress,
    ])
  })

  it('that never start are told of', async () => {
    vi.useFakeTimers()
    answering(
      ...Array.from({ length: 20 }, () => new Response(null, { status: 503 })),
    )
    const finding = expect(serversBeside(beside)).rejects.toThrow(
      /did not start: see what npm start prints/,
    )
    await vi.runAllTimersAsync()
    await finding
  })
})
