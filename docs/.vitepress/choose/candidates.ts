// The lessons as the chooser takes them: what they can do and what they cost,
// and nothing that a browser could not hold.

import type { Capabilities } from '../../../lessons/capabilities.ts'
import type { InsertContext } from '../markdown/inserts.ts'
import { base } from '../root.ts'
import type { Candidate } from './choose.ts'
import { type FigureTexts, figureTexts } from './figures.ts'

/** A lesson that can be chosen. */
export interface LessonCandidate extends Candidate {
  readonly folder: string
  /** Of its write-up. */
  readonly href: string
  readonly figures: FigureTexts
}

export function lessonCandidates({
  lessons,
  references,
}: Pick<InsertContext, 'lessons' | 'references'>): LessonCandidate[] {
  const results = references()
  return lessons.map(({ title, folder, capabilities }) => ({
    title,
    folder,
    href: `${base}lessons/${folder}/`,
    capabilities: plain(capabilities),
    figures: figureTexts(results, folder),
  }))
}

function plain(capabilities: Capabilities): Capabilities {
  return JSON.parse(JSON.stringify(capabilities))
}
