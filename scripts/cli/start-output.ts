// What `npm start` prints of the addresses.
import type { ManifestLesson } from '../control/manifest.ts'
import { colors } from './colors.ts'

/** Where to begin: it comes first. */
export function printSite(url: string): void {
  process.stdout.write(`The workbook is at ${colors.bold(url)}\n\n`)
}

/** @param about what the lessons carry */
export function printLessons(
  lessons: readonly ManifestLesson[],
  about: string,
): void {
  const width = Math.max(...lessons.map(({ title }) => title.length))
  const rows = lessons.map(({ number, title, secure, url }) => {
    const name = `${String(number).padStart(3)}  ${title.padEnd(width)}`
    const note = secure ? colors.dim('  *') : ''
    return `${name}  ${colors.bold(url)}${note}\n`
  })
  const note = lessons.some(({ secure }) => secure)
    ? `\n${colors.dim('*')} Your browser will warn you: this machine made the certificate itself.\n`
    : ''
  process.stdout.write(
    `Every lesson carries ${about}.\n\n${rows.join('')}${note}\n`,
  )
}

/** What pages from elsewhere need to know. */
export function printControl(url: string, origins: readonly string[]): void {
  process.stdout.write(
    `Pages of ${origins.join(' and ')} may use them all: ${colors.bold(url)} tells where they are.\n\n`,
  )
}

/** How to go on. */
export function printHints(): void {
  process.stdout.write(
    'Follow one from a terminal: npm run lesson 4 client\nCtrl-C ends them all.\n',
  )
}
