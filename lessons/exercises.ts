// Finds the exercises: every lesson with a folder `exercise` has one.

import { existsSync } from 'node:fs'

import type { Check, Exercise, ExerciseFile, Step } from './exercise.ts'
import {
  isPractice,
  lessonFolders,
  loadLesson,
  loadPractice,
  type NumberedLesson,
  numberOf,
} from './index.ts'
import type { RequirementId } from './lesson.ts'
import { requirements } from './requirements/index.ts'

export interface NumberedExercise extends Exercise {
  /** That of its lesson. */
  readonly number: number
  /** The lesson's folder, such as `04-server-sent-events`. */
  readonly lesson: string
  /** Where its files are. */
  readonly folder: URL
}

/** All exercises, in the order of their lessons. */
export async function loadExercises(): Promise<NumberedExercise[]> {
  const folders = (await lessonFolders()).filter(hasExercise)
  return Promise.all(folders.map(loadExercise))
}

/** Whether a lesson has one, by its folder's name. */
export function hasExercise(lesson: string): boolean {
  return existsSync(new URL('index.ts', folderOf(lesson)))
}

/** The exercise of one lesson, by its folder's name. */
export async function loadExercise(lesson: string): Promise<NumberedExercise> {
  const folder = folderOf(lesson)
  const index = new URL('index.ts', folder)
  const module: { default: Exercise } = await import(index.href)
  return { number: numberOf(lesson), lesson, folder, ...module.default }
}

/**
 * The transport whose files an exercise replaces: that of its lesson, or the one
 * that a lesson which is none runs.
 *
 * @throws Error when a practice has an exercise, and names no transport for it
 */
export async function loadExercised(lesson: string): Promise<NumberedLesson> {
  if (!isPractice(lesson)) return loadLesson(lesson)
  const { number, folder, title, exercised } = await loadPractice(lesson)
  if (exercised !== undefined) return { ...exercised, number, folder, title }
  throw new Error(`lessons/${lesson}/practice.ts must say what is exercised.`)
}

function folderOf(lesson: string): URL {
  return new URL(`${lesson}/exercise/`, import.meta.url)
}

/** The check of a step. */
export function checkOf({ check }: Step): Check {
  return typeof check === 'string' ? requirement(check) : check
}

/** @throws Error when there is no such requirement */
export function requirement(id: RequirementId): Check {
  const found = requirements.find((one) => one.id === id)
  if (found === undefined) throw new Error(`There is no requirement "${id}".`)
  return found
}

/** The name of the copy as it was shipped, beside the file that the reader edits. */
export function originalOf(file: ExerciseFile): string {
  return file.replace('.ts', '.original.ts')
}
