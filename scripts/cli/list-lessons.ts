// The list that `npm run lesson` prints.
import type { Numbered, NumberedLesson } from '../../lessons/index.ts'
import { colors } from './colors.ts'
import { defaultPort } from './default-port.ts'

interface Titled extends Numbered {
  readonly title: string
}

/**
 * Prints each lesson's number, title and port, and how to run it. What is no
 * transport has no port of its own.
 */
export function listLessons(
  transports: readonly NumberedLesson[],
  others: readonly Titled[],
): void {
  const all: readonly Titled[] = [...transports, ...others]
  const width = Math.max(...all.map(({ title }) => title.length))
  const row = (lesson: Titled, port: string) => {
    const number = colors.bold(String(lesson.number).padStart(3))
    const title = lesson.title.padEnd(width)
    const where = colors.dim(port.padEnd('port 8000'.length))
    return `${number}  ${title}  ${where}  npm run lesson ${lesson.number}\n`
  }
  const rows = [
    ...transports.map((lesson) => row(lesson, `port ${defaultPort(lesson)}`)),
    ...others.map((lesson) => row(lesson, '')),
  ]
  process.stdout.write(`${rows.join('')}
Server and client together:  npm run lesson 4
One of them alone:           npm run lesson 4 server
                             npm run lesson 4 client
All flags:                   npm run lesson -- --help
`)
}

/** The same for scripts. */
export function listLessonsAsJson(
  transports: readonly NumberedLesson[],
  others: readonly Titled[],
): void {
  for (const lesson of transports) print(lesson, defaultPort(lesson))
  for (const lesson of others) print(lesson)

  function print({ number, folder, title }: Titled, port?: number): void {
    const row = { number, folder, title, port }
    process.stdout.write(`${JSON.stringify(row)}\n`)
  }
}
