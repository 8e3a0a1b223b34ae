// The questions of a write-up's section "Predict" become ones that can be
// answered on the page.

import type { MarkdownRenderer } from 'vitepress'

import { replacePredictions } from '../predict/predictions.ts'

/** @throws Error while rendering, when one is not as the site expects it */
export function predictions(md: MarkdownRenderer): void {
  // Before the text is cut into blocks: the answer is markdown of any kind.
  md.core.ruler.after('normalize', 'workbook-predictions', (state) => {
    if (state.inlineMode) return
    const inline = (text: string) => md.renderInline(text, state.env)
    state.src = replacePredictions(state.src, (prediction) => {
      const { id, question, options, right, explanation } = prediction
      const slots = options.map(
        (text, index) =>
          `<template #option-${index + 1}>${inline(text)}</template>`,
      )
      return `<PredictQuestion id="${id}" :options="${options.length}" :right="${right}">
<template #question>${inline(question)}</template>
${slots.join('\n')}
<template #explanation>

${explanation}

</template>
</PredictQuestion>
`
    })
  })
}
