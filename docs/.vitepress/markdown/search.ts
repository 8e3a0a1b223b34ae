// What the search index takes of a page: its text, without colours. Colouring
// the code of all pages is most of the time that the site takes to start.

import type { DefaultTheme } from 'vitepress'

type Render = NonNullable<DefaultTheme.LocalSearchOptions['_render']>

/** For VitePress's option `_render`. */
export const searchedText: Render = (source, env, md) => {
  const { highlight } = md.options
  md.options.highlight = null
  try {
    const html = md.render(source, env)
    return env.frontmatter?.search === false ? '' : html
  } finally {
    // It is the renderer of the pages as well.
    md.options.highlight = highlight
  }
}
