// What the reader predicted, kept in this browser and sent nowhere.

import { shallowRef } from 'vue'

/** The numbers of the chosen options, by the question's id. */
export type Answers = Readonly<Record<string, number>>

const key = 'workbook-predictions'

/** Of all lessons; empty while a page is built. */
const answers = shallowRef<Answers>({})

if (!import.meta.env.SSR) {
  read()
  // Another tab has written.
  addEventListener('storage', (event) => {
    if (event.key === key || event.key === null) read()
  })
}

/** The option that the reader chose, if they have answered. */
export function answerTo(question: string): number | undefined {
  return answers.value[question]
}

/** @param option undefined forgets what was chosen before */
export function answer(question: string, option: number | undefined): void {
  // Another tab may have answered in the same moment.
  read()
  const { [question]: _, ...others } = answers.value
  answers.value =
    option === undefined ? others : { ...others, [question]: option }
  try {
    localStorage.setItem(key, JSON.stringify(answers.value))
  } catch {
    // Where nothing may be stored, it is kept for as long as the page is open.
  }
}

function read(): void {
  try {
    answers.value = parseAnswers(localStorage.getItem(key))
  } catch {
    // The browser lets this page store nothing.
  }
}

/** What is not understood is as if nothing had been answered. */
export function parseAnswers(text: string | null): Answers {
  try {
    const all: unknown = JSON.parse(text ?? '{}')
    if (typeof all !== 'object' || all === null) return {}
    const known = Object.entries(all).filter(([, n]) => Number.isInteger(n))
    return Object.fromEntries(known)
  } catch {
    return {}
  }
}
