// How far the reader is with every exercise, where the workbook runs beside the
// page: asked for once, however many parts of the page show it.

import { shallowRef } from 'vue'

import type { Exercises } from '../../../scripts/control/exercises.ts'
import { besideThisPage } from '../live/servers.ts'
import { exercisesBeside } from './exercises-beside.ts'

/** Empty while nothing is known, and on the published site. */
const known = shallowRef<Exercises>([])

let isAsked = false

/** Read it when it is rendered: it fills once the answer is there. */
export function progressBeside(): Exercises {
  if (!import.meta.env.SSR && !isAsked) void askForIt()
  return known.value
}

async function askForIt(): Promise<void> {
  isAsked = true
  const address = besideThisPage()
  if (address === undefined) return
  try {
    known.value = await (await exercisesBeside(address)).list()
  } catch {
    // The live panels of the page say that nothing answers.
  }
}
