// How far the reader is with every exercise, where the workbook runs beside the
// page. All parts of a page show the same.

import { shallowRef } from 'vue'

import type { Exercises } from '../../../scripts/control/exercises.ts'
import { besideThisPage } from '../live/servers.ts'
import { exercisesBeside } from './exercises-beside.ts'

/** Empty while nothing is known, and on the published site. */
const known = shallowRef<Exercises>([])

let isAsked = false

/** Read it when it is rendered: it fills once the answer is there. */
export function progressBeside(): Exercises {
  if (!import.meta.env.SSR && !isAsked) {
    isAsked = true
    // The live panels of the page say that nothing answers.
    askProgress().catch(() => {})
  }
  return known.value
}

/**
 * Asks again: a check has ended, or may have been run in a terminal.
 *
 * @throws Error with a sentence
 */
export async function askProgress(): Promise<void> {
  isAsked = true
  const address = besideThisPage()
  if (address === undefined) return
  known.value = await (await exercisesBeside(address)).list()
}
