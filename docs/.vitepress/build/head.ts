// What the head of a page says to search engines, and to those who link to it.

import type { HeadConfig, TransformContext } from 'vitepress'

import { siteUrl } from '../root.ts'
import { addressOnSite, cardOf } from './pages.ts'

export function headOf({
  pageData,
  title,
  description,
}: Pick<TransformContext, 'pageData' | 'title' | 'description'>): HeadConfig[] {
  const { relativePath, isNotFound } = pageData
  // Who goes to no page is to find another, and not this one.
  if (isNotFound || relativePath === '404.md')
    return [['meta', { name: 'robots', content: 'noindex' }]]
  const address = addressOnSite(relativePath)
  const image = new URL(cardOf(relativePath), siteUrl).href
  const property = (name: string, content: string): HeadConfig => [
    'meta',
    { property: name, content },
  ]
  return [
    ['link', { rel: 'canonical', href: address }],
    property('og:type', 'website'),
    property('og:title', title),
    property('og:description', description),
    property('og:url', address),
    property('og:image', image),
    property('og:image:width', '1200'),
    property('og:image:height', '630'),
    property('og:image:alt', title),
    ['meta', { name: 'twitter:card', content: 'summary_large_image' }],
  ]
}
