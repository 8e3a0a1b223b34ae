// Reads what VitePress printed: it ends with code 0 though a page could not be
// rendered, and leaves that page empty.

/** What a line looks like that tells of a fault. */
const signs = [
  /\b(?:[A-Z]\w*)?Error\b/,
  /\[Vue warn\]/,
  // How Vite marks a warning of its bundler.
  /\(!\)/,
  /\bwarn(?:ing)?\b/i,
  // Of a code block in a language that the highlighter does not know.
  /falling back to/,
  /dead link/i,
  // Of the bundler, about the use of eval.
  /discouraged/,
]

/** Node's own, about the packages that VitePress brings: no fault of a page. */
const isOfNode = (line: string) => /^\(node:\d+\)|^\(Use `node /.test(line)

/** Sentences, one for each line that tells of a fault. */
export function problemsInLog(output: string): string[] {
  return output
    .split('\n')
    .filter((line) => !isOfNode(line) && signs.some((sign) => sign.test(line)))
    .map(
      (line) =>
        `Building must print no error and no warning, got "${line.trim()}": find the page that it names, or the one edited last.`,
    )
}
