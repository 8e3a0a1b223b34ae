// Finds the contestants: every transport, and every file in `contestants/`.

import { readdir } from 'node:fs/promises'

import {
  loadLesson,
  type NumberedLesson,
  transportFolders,
} from '../lessons/index.ts'
import type { Contestant, NamedContestant } from './contestant.ts'

/** The floor that runs with every scenario. */
export const control = 'raw-tcp'

const selftest = 'selftest/'

/** The control first, then the lessons in their order, then all others. */
export async function loadContestants(): Promise<NamedContestant[]> {
  const known = await contestantIds()
  const others = await Promise.all(known.others.map(loadOther))
  const lessons = await Promise.all(known.lessons.map(loadLesson))
  return [
    ...others.filter(({ id }) => id === control),
    ...lessons.map(asContestant),
    ...others.filter(({ id }) => id !== control),
  ]
}

async function contestantIds() {
  const names = await readdir(new URL('contestants/', import.meta.url))
  return {
    lessons: await transportFolders(),
    others: names
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
      .map((name) => name.slice(0, -'.ts'.length))
      .sort(),
  }
}

/**
 * One alone: a process of a run is not to load what it does not measure.
 *
 * @throws RangeError when there is none of this id
 */
export async function loadContestant(id: string): Promise<NamedContestant> {
  const known = await contestantIds()
  if (known.lessons.includes(id)) return asContestant(await loadLesson(id))
  if (known.others.includes(id)) return loadOther(id)
  if (id.startsWith(selftest)) return loadFaulty(id)
  const ids = [...known.lessons, ...known.others].join(', ')
  throw new RangeError(`There is no contestant "${id}", only ${ids}.`)
}

/** Those of the self-test, whose faults are known, take part in nothing else. */
async function loadFaulty(id: string): Promise<NamedContestant> {
  const name = id.slice(selftest.length)
  const module: { default: Contestant } = await import(
    `./selftest/contestants/${name}.ts`
  )
  return { id, ...module.default }
}

async function loadOther(id: string): Promise<NamedContestant> {
  const module: { default: Contestant } = await import(`./contestants/${id}.ts`)
  return { id, ...module.default }
}

function asContestant(lesson: NumberedLesson): NamedContestant {
  const { folder: id, title, number, udp, encrypted } = lesson
  const { serve, subscribe, certified, missing } = lesson
  return {
    id,
    title,
    transport: title,
    implementation: `lesson ${number}`,
    kind: 'lesson',
    serve,
    subscribe,
    certified,
    missing,
    lacks: {
      ...(encrypted !== undefined && { plain: encrypted }),
      ...(udp && { link: 'It goes over UDP, and the link carries TCP.' }),
    },
  }
}
