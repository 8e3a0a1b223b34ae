// The page that is visited: an HTML file with a style sheet and a script, and a
// font that only the style sheet knows of.

import { randomNumbers } from '../../lessons/requirements/random.ts'

export interface PageFile {
  readonly path: string
  readonly type: string
  /** What it is fetched as; the page itself has none. */
  readonly as?: 'style' | 'script' | 'font'
  readonly body: Buffer
}

/** In bytes: what a small page without pictures has. */
export const sizes = {
  '/': 10_000,
  '/style.css': 20_000,
  '/script.js': 30_000,
  '/font.woff2': 40_000,
} as const

/** The same seed makes the same bytes. */
export function pageFiles(seed = 1): readonly PageFile[] {
  const random = randomNumbers(seed)
  const padded = (path: keyof typeof sizes, ...around: [string, string]) => {
    const room = sizes[path] - Buffer.byteLength(around.join(''))
    return Buffer.from(around.join(words(random, room)))
  }
  return [
    {
      path: '/',
      type: 'text/html; charset=utf-8',
      body: padded('/', htmlBefore, '</p></body></html>\n'),
    },
    {
      path: '/style.css',
      type: 'text/css; charset=utf-8',
      as: 'style',
      body: padded('/style.css', `${css}/* `, ' */\n'),
    },
    {
      path: '/script.js',
      type: 'text/javascript; charset=utf-8',
      as: 'script',
      body: padded('/script.js', '/* ', ' */\n'),
    },
    {
      path: '/font.woff2',
      type: 'font/woff2',
      as: 'font',
      // Of a font it has the size: that no letter can be drawn with it does
      // not change when it arrives.
      body: Buffer.from(
        Array.from({ length: sizes['/font.woff2'] }, () => 256 * random()),
      ),
    },
  ]
}

// The icon is empty, or a browser would ask for one.
const htmlBefore = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>A page</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/style.css">
<script src="/script.js" defer></script>
</head>
<body><p>`

// A browser fetches a font when there is text to be written in it.
const css = `@font-face { font-family: Page; src: url("/font.woff2"); }
body { font-family: Page, sans-serif; }
`

function words(random: () => number, bytes: number): string {
  const letters = 'etaoinshrdlu   '
  return Array.from(
    { length: bytes },
    () => letters[Math.floor(random() * letters.length)],
  ).join('')
}
