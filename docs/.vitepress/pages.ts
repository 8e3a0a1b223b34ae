// Which file of the repository is which page. Most pages are in docs/; some
// texts are good where they are, beside the code, and are pages from there.

/** For VitePress: from the file to the page, both relative to the repository. */
export const rewrites = {
  'docs/:rest*': ':rest*',
  'lessons/:lesson/README.md': 'lessons/:lesson/index.md',
  'bench/README.md': 'method.md',
  'CHANGELOG.md': 'changelog.md',
}

/** Markdown that is no page. */
export const notPages = [
  '!(CHANGELOG).md',
  'bench/!(README).md',
  'bench/*/**',
  'lessons/*.md',
  'lessons/*/!(README).md',
  'lessons/*/*/**',
  'scripts/**',
  'dist-site/**',
  'coverage/**',
]

/**
 * The page's address on the site, such as `/lessons/04-server-sent-events/`.
 *
 * @param path the file's or folder's, relative to the repository
 * @returns undefined when it is no page
 */
export function pageAddress(path: string): string | undefined {
  const [, lesson] = /^lessons\/(\d\d-[^/]+)(?:\/README\.md)?$/.exec(path) ?? []
  if (lesson !== undefined) return `/lessons/${lesson}/`
  if (path === 'bench/README.md') return '/method'
  if (path === 'CHANGELOG.md') return '/changelog'
  const [, page] = /^docs\/([\w/-]+)\.md$/.exec(path) ?? []
  return page?.replace(/^/, '/').replace(/\/index$/, '/')
}
