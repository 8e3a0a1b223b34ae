// The built site as the checks see it: its files, and its pages parsed.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import {
  type HtmlElement,
  Parser,
  type ResolvedConfig,
  StaticConfigLoader,
} from 'html-validate'

/** A page of the site. */
export interface BuiltPage {
  /** In the site's folder, with slashes: `lessons/05-websocket/index.html`. */
  readonly file: string
  /** Below the base, with a slash before it: `/lessons/05-websocket/`. */
  readonly address: string
  readonly html: string
  readonly document: HtmlElement
}

/** A folder that holds a built site. */
export interface BuiltSite {
  readonly folder: string
  /** The path below which the site is published, with a slash at each end. */
  readonly base: string
  /** Without 404.html, which nobody goes to. By address. */
  readonly pages: readonly BuiltPage[]
  /** All files, relative to the folder, with slashes. */
  readonly files: ReadonlySet<string>
}

// The type also allows a promise, for other loaders than this one.
const parsing = new StaticConfigLoader().getConfigFor('') as ResolvedConfig

export function readSite(folder: string, base: string): BuiltSite {
  const files = filesIn(folder)
  const pages = files
    .filter((file) => file.endsWith('.html') && file !== '404.html')
    .map((file) => {
      const html = readFileSync(join(folder, file), 'utf8')
      const document = new Parser(parsing).parseHtml(html)
      return { file, address: addressOf(file), html, document }
    })
  return { folder, base, pages, files: new Set(files) }
}

/** All files below a folder, relative to it, with slashes. */
export function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .map((path) => path.slice(folder.length + 1).replaceAll('\\', '/'))
    .sort()
}

/** The page as VitePress names it: `lessons/05-websocket/index.md`. */
export function pageOf({ file }: BuiltPage): string {
  return file.replace(/\.html$/, '.md')
}

/** Its heading, without the link to itself. */
export function titleOf({ document }: BuiltPage): string {
  const title = document.querySelector('h1')?.textContent ?? ''
  return title.replace(/[\u200b\s]+$/, '')
}

/**
 * The file that a static host answers with.
 *
 * @param path below the base, with a slash before it
 * @returns undefined where it answers "404"
 */
export function fileAt(
  { files }: Pick<BuiltSite, 'files'>,
  path: string,
): string | undefined {
  const name = path.slice(1)
  const candidates = /(?:^|\/)$/.test(name)
    ? [`${name}index.html`]
    : [name, `${name}.html`]
  return candidates.find((file) => files.has(file))
}

/** The value of an attribute with its character references resolved. */
export function attributeOf(element: HtmlElement, name: string): string {
  const value = element.getAttributeValue(name) ?? ''
  const named: Record<string, string> = {
    amp: '&',
    quot: '"',
    lt: '<',
    gt: '>',
  }
  return value.replace(
    /&(?:#(\d+)|#x([\da-f]+)|(amp|quot|lt|gt));/gi,
    (_, decimal, hex, word) =>
      word
        ? (named[word.toLowerCase()] ?? '')
        : String.fromCodePoint(decimal ? +decimal : Number.parseInt(hex, 16)),
  )
}

function addressOf(file: string): string {
  return `/${file.replace(/(?:(^|\/)index)?\.html$/, '$1')}`
}
