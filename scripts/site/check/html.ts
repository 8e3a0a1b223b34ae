// Is the HTML of each page valid?

import { HtmlValidate } from 'html-validate'

import type { BuiltSite } from '../built-site.ts'

/** Rules that VitePress 1.6.4 breaks by itself on every page, and why that is borne. */
const offFor: Readonly<Record<string, string>> = {
  'attribute-misuse': 'its links to style sheets have the attribute as.',
}

export function invalidHtml({ pages }: BuiltSite): string[] {
  const validator = new HtmlValidate({
    root: true,
    extends: ['html-validate:standard'],
    rules: {
      ...Object.fromEntries(Object.keys(offFor).map((rule) => [rule, 'off'])),
      // Headings that begin with a digit make such ids; HTML allows them.
      'valid-id': ['error', { relaxed: true }],
    },
  })
  return pages.flatMap(({ file, html }) =>
    validator
      .validateStringSync(html)
      .results.flatMap(({ messages }) => messages)
      .map(
        ({ ruleId, message, line, column, selector }) =>
          `${file}:${line}:${column} must be valid HTML, got: ${message} (${ruleId}) at ${selector ?? 'the page'}.`,
      ),
  )
}
