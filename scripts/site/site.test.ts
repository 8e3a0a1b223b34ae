// The built site: what must hold for every page of it.

import { readdir } from 'node:fs/promises'

import { describe, expect, inject, it } from 'vitest'

import { lessonFolders } from '../../lessons/index.ts'
import { publishedBase } from './build-once.ts'
import { type BuiltSite, readSite } from './built-site.ts'
import { budgetOf } from './check/budget.ts'
import { checks } from './check/index.ts'
import { hrefsOf } from './check/links.ts'

const site = readSite(inject('builtSite'), '/')

describe('on the built site', () => {
  it.each(Object.entries(checks))('%s', (_, check) => {
    expect(check(site)).toEqual([])
  })

  it('there is a page for every lesson and every text in docs/', async () => {
    const docs = await readdir(new URL('../../docs', import.meta.url))
    const wanted = [
      ...(await lessonFolders()).map((folder) => `/lessons/${folder}/`),
      ...docs
        .filter((name) => name.endsWith('.md'))
        .map((name) => `/${name.replace(/(index)?\.md$/, '')}`),
    ]
    const addresses = site.pages.map(({ address }) => address)
    expect(addresses).toEqual(expect.arrayContaining(wanted))
  })

  it('tells what its scripts weigh', () => {
    expect(budgetOf(site).join('\n')).toMatch(/every page/)
  })
})

describe('below a path of its host', () => {
  const published: BuiltSite = readSite(inject('publishedSite'), publishedBase)

  it('has the same pages', () => {
    const addresses = (of: BuiltSite) => of.pages.map(({ address }) => address)
    expect(addresses(published)).toEqual(addresses(site))
  })

  it('refers to nothing above it', () => {
    const above = published.pages.flatMap(({ file, document }) =>
      document
        .querySelectorAll('*')
        .flatMap(hrefsOf)
        .filter((href) => href.startsWith('/'))
        .filter((href) => !href.startsWith(publishedBase))
        .map((href) => `${file}: ${href}`),
    )
    expect(above).toEqual([])
  })

  it.each([
    'every link leads somewhere',
    'nothing is loaded from another host',
  ])('%s', (name) => {
    expect(checks[name]?.(published)).toEqual([])
  })
})
