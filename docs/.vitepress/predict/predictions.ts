// The questions of a write-up's section "Predict". At the code host each is a
// question, a list of answers, and the right one folded away below:
//
//   **Who remembers the id?**
//
//   1. The server
//   2. The client
//
//   <details><summary>Answer</summary>
//
//   **2.** It sends the id with its next request.
//   </details>

import { createHash } from 'node:crypto'

export interface Prediction {
  /** Of these words: in other words it is another question. */
  readonly id: string
  /** As the write-up has it, in markdown. */
  readonly question: string
  /** In the order of their numbers, from 1. */
  readonly options: readonly string[]
  /** The number of the right one. */
  readonly right: number
  /** What is folded away, without that number. */
  readonly explanation: string
}

const summary = '<details><summary>Answer</summary>'

const prediction = new RegExp(
  String.raw`^\*\*(?<question>.+)\*\*\n\n(?<options>(?:\d\. .+\n)+)\n${summary}\n\n\*\*(?<right>\d)\.\*\* (?<explanation>[^]+?)\n<\/details>$`,
  'gm',
)

/** All of a write-up. */
export function predictionsIn(text: string): Prediction[] {
  const found: Prediction[] = []
  replacePredictions(text, (one) => {
    found.push(one)
    return ''
  })
  return found
}

/**
 * Puts something else in the place of each.
 *
 * @throws Error that says what is wrong with one
 */
export function replacePredictions(
  text: string,
  replace: (prediction: Prediction) => string,
): string {
  const replaced = text.replace(prediction, (...match) =>
    replace(checked(match.at(-1) as Groups)),
  )
  if (!replaced.includes(summary)) return replaced
  throw new Error(
    'An answer must stand below its question and a numbered list, and begin with the number of the right one, such as **2.**',
  )
}

type Groups = Readonly<
  Record<'question' | 'options' | 'right' | 'explanation', string>
>

function checked(groups: Groups): Prediction {
  const { question, explanation } = groups
  const options = groups.options
    .trimEnd()
    .split('\n')
    .map((line) => line.replace(/^\d\. /, ''))
  const right = Number(groups.right)
  if (right < 1 || right > options.length)
    throw new Error(
      `The right answer to "${question}" must be one of ${options.length}, got ${right}.`,
    )
  const words = [question, ...options].join('\n')
  const id = createHash('sha256').update(words).digest('hex').slice(0, 8)
  return { id, question, options, right, explanation }
}
