// The page around the sections: one file that needs no other.

import { readFile } from 'node:fs/promises'

import { scripts } from './bundle.ts'
import { type Content, Html, html } from './html.ts'
import { themeStyle } from './theme.ts'

export interface Page {
  readonly title: string
  readonly content: Content
}

/** What the browser holds the page to: it may load nothing at all. */
const policy =
  "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; " +
  "img-src data:; base-uri 'none'; form-action 'none'"

export async function page({ title, content }: Page): Promise<string> {
  const style = new URL('style.css', import.meta.url)
  const rules = new Html(themeStyle() + (await readFile(style, 'utf8')))
  const { text } = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${rules}</style>
</head>
<body>
<main>${content}</main>
${await scripts()}
</body>
</html>
`
  return text
}
