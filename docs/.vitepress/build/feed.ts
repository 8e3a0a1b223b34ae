// `feed.xml`: what has changed, from the changelog.

import { Feed } from 'feed'

import { siteUrl } from '../root.ts'

interface Site {
  readonly title: string
  readonly description: string
}

/** A part of the changelog: a version, and what came with it. */
export interface Change {
  /** Such as `0.1.0`, or `Unreleased`. */
  readonly version: string
  /** Absent for what is not released. */
  readonly date?: Date
  /** Each entry as one line of Markdown. */
  readonly entries: readonly string[]
}

/** The changelog's parts, in the form of https://keepachangelog.com. */
export function changesIn(changelog: string): Change[] {
  return changelog
    .split(/^## /m)
    .slice(1)
    .map((part) => {
      const [, version = '', date] =
        /^\[?([^\]\s]+)\]?(?: - (\d{4}-\d\d-\d\d))?/.exec(part) ?? []
      const entries = part
        .split(/^- /m)
        .slice(1)
        .map((entry) => entry.split(/\n\s*\n|\n#/)[0] ?? '')
        .map((entry) => entry.replace(/\s+/g, ' ').trim())
      return { version, entries, ...(date && { date: new Date(date) }) }
    })
}

/** RSS 2.0. @param now the date of what is not released yet */
export function feedXml(
  { title, description }: Site,
  changes: readonly Change[],
  now: Date,
): string {
  const changelog = new URL('changelog', siteUrl).href
  const feed = new Feed({
    title,
    description,
    id: siteUrl.href,
    link: siteUrl.href,
    language: 'en',
    copyright: 'MIT',
    updated: now,
    feedLinks: { rss: new URL('feed.xml', siteUrl).href },
  })
  for (const { version, date = now, entries } of changes)
    feed.addItem({
      title: `${title} ${version}`,
      id: `${changelog}#${version}`,
      link: changelog,
      date,
      description: entries.join('\n'),
      content: `<ul>${entries.map((entry) => `<li>${escaped(entry)}</li>`).join('')}</ul>`,
    })
  return feed.rss2()
}

function escaped(text: string): string {
  return text.replace(/[&<>]/g, (c) => `&#${c.charCodeAt(0)};`)
}
