// The list that `npm run lesson` prints.
import type { NumberedLesson } from '../../lessons/index.ts'
import { colors } from './colors.ts'
import { defaultPort } from './default-port.ts'

/** Prints each lesson's number, title and port, and how to run it. */
export function listLessons(lessons: readonly NumberedLesson[]): void {
  const width = Math.max(...lessons.map(({ title }) => title.length))
  const rows = lessons.map((lesson) => {
    const { number, title } = lesson
    const name = `${colors.bold(String(number).padStart(3))}  ${title.padEnd(width)}`
    const port = colors.dim(`port ${defaultPort(lesson)}`)
    return `${name}  ${port}  npm run lesson ${number}\n`
  })
  process.stdout.write(`${rows.join('')}
Server and client together:  npm run lesson 4
One of them alone:           npm run lesson 4 server
                             npm run lesson 4 client
All flags:                   npm run lesson -- --help
`)
}

/** The same for scripts. */
export function listLessonsAsJson(lessons: readonly NumberedLesson[]): void {
  for (const lesson of lessons) {
    const { number, folder, title } = lesson
    const row = { number, folder, title, port: defaultPort(lesson) }
    process.stdout.write(`${JSON.stringify(row)}\n`)
  }
}
