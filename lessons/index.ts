// Finds the lessons: every folder `NN-name` beside this file is one. A transport
// has an `index.ts`; what all transports meet in practice has a `practice.ts`.

import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'

import type { Lesson } from './lesson.ts'
import type { Practice } from './practice.ts'

/** What the name of a lesson's folder says. */
export interface Numbered {
  /** From 1. */
  readonly number: number
  /** The folder, such as `04-server-sent-events`. */
  readonly folder: string
}

export interface NumberedLesson extends Lesson, Numbered {}

export interface NumberedPractice extends Practice, Numbered {}

/** All transports, in the order of their numbers. */
export async function loadLessons(): Promise<NumberedLesson[]> {
  return Promise.all((await transportFolders()).map(loadLesson))
}

/** All lessons that are no transport, in the order of their numbers. */
export async function loadPractices(): Promise<NumberedPractice[]> {
  const folders = (await lessonFolders()).filter(isPractice)
  return Promise.all(folders.map(loadPractice))
}

/** The names of all lessons' folders, in the order of their numbers. */
export async function lessonFolders(): Promise<string[]> {
  const names = await readdir(new URL('.', import.meta.url))
  return names.filter((name) => /^\d\d-/.test(name)).sort()
}

/** Those of the lessons that are a transport each. */
export async function transportFolders(): Promise<string[]> {
  return (await lessonFolders()).filter((folder) => !isPractice(folder))
}

/** Whether a lesson is no transport, by its folder's name. */
export function isPractice(folder: string): boolean {
  return existsSync(new URL(`${folder}/practice.ts`, import.meta.url))
}

/**
 * The transport with this number, folder or part of a folder's name: `4`, `04`
 * and `sent` all stand for `04-server-sent-events`.
 *
 * @throws RangeError when there is none, or more than one, or it is a practice
 */
export async function findLesson(query: string): Promise<NumberedLesson> {
  const folder = await findFolder(query)
  if (!isPractice(folder)) return loadLesson(folder)
  throw new RangeError(
    `Lesson ${numberOf(folder)} is no transport, only ${(await transportFolders()).join(', ')} are.`,
  )
}

/**
 * The name of a lesson's folder, transport or not: nothing is loaded.
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

/** One transport, by its folder's name. */
export async function loadLesson(folder: string): Promise<NumberedLesson> {
  const module: { default: Lesson } = await import(`./${folder}/index.ts`)
  return { number: numberOf(folder), folder, ...module.default }
}

/** One lesson that is no transport, by its folder's name. */
export async function loadPractice(folder: string): Promise<NumberedPractice> {
  const module: { default: Practice } = await import(`./${folder}/practice.ts`)
  return { number: numberOf(folder), folder, ...module.default }
}

/** The number that a lesson's folder begins with. */
export function numberOf(folder: string): number {
  return Number(folder.slice(0, 2))
}
