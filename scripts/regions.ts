// Code in a write-up is a region of a file that is tested, named by a comment
// such as `<!-- region server.ts#push -->` before the fence; without a name it is
// the whole file.

import { readFile } from 'node:fs/promises'

const marked =
  /<!-- region (?<file>[\w./-]+?)(?:#(?<name>[\w-]+))? -->\n+```\w+\n(?<code>.*?)```/gs

/**
 * The write-up with every marked fence as the code is now.
 *
 * @param page where the write-up is; files are named from its folder
 * @throws Error when a file has no such region
 */
export async function withRegions(text: string, page: URL): Promise<string> {
  const parts: string[] = []
  let end = 0
  for (const match of text.matchAll(marked)) {
    const { file = '', name, code = '' } = match.groups ?? {}
    const source = await readFile(new URL(file, page), 'utf8')
    const start = match.index + match[0].length - code.length - '```'.length
    parts.push(text.slice(end, start), regionOf(source, name, file))
    end = start + code.length
  }
  return parts.join('') + text.slice(end)
}

/**
 * The lines between `// #region name` and `// #endregion name`, without their
 * common indentation; all of them, if there is no name.
 *
 * @throws Error when there is no such region
 */
export function regionOf(
  source: string,
  name: string | undefined,
  file: string,
): string {
  if (name === undefined) return source
  const lines = source.split('\n')
  const first = lines.findIndex((line) => line.trim() === `// #region ${name}`)
  const last = lines.findIndex(
    (line) => line.trim() === `// #endregion ${name}`,
  )
  if (first === -1 || last < first)
    throw new Error(`${file} has no region "${name}".`)
  const region = lines
    .slice(first + 1, last)
    .filter((line) => !/^\s*\/\/ #(end)?region /.test(line))
  const indents = region
    .filter((line) => line.trim() !== '')
    .map((line) => line.length - line.trimStart().length)
  const common = Math.min(...indents)
  return region.map((line) => `${line.slice(common)}\n`).join('')
}
