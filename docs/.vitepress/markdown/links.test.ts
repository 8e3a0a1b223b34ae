// Links of write-ups on the site.

import { fileURLToPath } from 'node:url'

import { describe, expect, it } from 'vitest'

import { repositoryUrl, root } from '../root.ts'
import { addressOf } from './links.ts'

const path = (file: string) => fileURLToPath(new URL(file, root))
const writeUp = path('lessons/04-server-sent-events/README.md')

describe('a relative link on the site', () => {
  it('leads to the page of another lesson, with its anchor', () => {
    expect(addressOf('../05-websocket/README.md#break-it', writeUp)).toBe(
      '/lessons/05-websocket/#break-it',
    )
  })

  it('leads to the page that a text outside docs/ has become', () => {
    expect(addressOf('../../bench/README.md', writeUp)).toBe('/method')
    expect(addressOf('../CHANGELOG.md', path('bench/README.md'))).toBe(
      '/changelog',
    )
  })

  it('leads to a page of docs/ from a write-up', () => {
    expect(addressOf('../../docs/glossary.md#cursor', writeUp)).toBe(
      '/glossary#cursor',
    )
  })

  it('leads to the file at the host where there is no page', () => {
    expect(addressOf('server.ts', writeUp)).toBe(
      `${repositoryUrl}/blob/main/lessons/04-server-sent-events/server.ts`,
    )
    expect(addressOf('../../bench/scenarios', writeUp)).toBe(
      `${repositoryUrl}/tree/main/bench/scenarios`,
    )
    expect(addressOf('.', writeUp)).toBe(
      `${repositoryUrl}/tree/main/lessons/04-server-sent-events`,
    )
  })

  it('stays as it is when it is complete, or dead', () => {
    for (const href of [
      'https://example.org/a',
      '/race',
      '#break-it',
      'nowhere.md',
    ])
      expect(addressOf(href, writeUp)).toBeUndefined()
  })
})
