// Finds the lessons: every folder `NN-name` beside this file is one.

import { readdir } from 'node:fs/promises'

import type { Lesson } from './lesson.ts'

/** A lesson, with what its folder's name says. */
export interface NumberedLesson extends Lesson {
  /** From 1. */
  readonly number: number
  /** The folder, such as `04-server-sent-events`. */
  readonly folder: string
}

/** All lessons, in the order of their numbers. */
export async function loadLessons(): Promise<NumberedLesson[]> {
  return Promise.all((await lessonFolders()).map(loadLesson))
}

/** The names of all lessons' folders, in the order of their numbers. */
export async function lessonFolders(): Promise<string[]> {
  const names = await readdir(new URL('.', import.meta.url))
  return names.filter((name) => /^\d\d-/.test(name)).sort()
}

/**
 * The lesson with this number, folder or part of a folder's name: `4`, `04` and
 * `sent` all stand for `04-server-sent-events`.
 *
 * @throws RangeError when there is none, or more than one
 */
export async function findLesson(query: string): Promise<NumberedLesson> {
  return loadLesson(await findFolder(query))
}

/**
 * The name of that lesson's folder: nothing is loaded.
 *
 * @throws RangeError when there is none, or more than one
 */
export async function findFolder(query: string): Promise<string> {
  const folders = await lessonFolders()
  const found = /^\d+$/.test(query)
    ? folders.filter((folder) => numberOf(folder) === Number(query))
    : folders.filter((folder) => folder.includes(query.toLowerCase()))
  if (found[0] !== undefined && found.length === 1) return found[0]
  const all = (found.length > 1 ? found : folders).join(', ')
  throw new RangeError(
    found.length > 1
      ? `"${query}" could be one of ${all}. Give its number.`
      : `There is no lesson "${query}", only ${all}.`,
  )
}

/** One lesson, by its folder's name. */
export async function loadLesson(folder: string): Promise<NumberedLesson> {
  const module: { default: Lesson } = await import(`./${folder}/index.ts`)
  return { number: numberOf(folder), folder, ...module.default }
}

/** The number that a lesson's folder begins with. */
export function numberOf(folder: string): number {
  return Number(folder.slice(0, 2))
}
