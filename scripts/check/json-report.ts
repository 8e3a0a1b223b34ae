// The report for scripts: one JSON object a line on stdout, and nothing else.
import { stepChecks } from './checks.ts'
import type { CheckReport } from './report.ts'

export function jsonReport(): CheckReport {
  return {
    begins(exercise) {
      const { number, lesson } = exercise
      print({ exercise: number, folder: lesson, steps: stepChecks(exercise) })
    },
    passed: (check, _, ms) => print({ check, passed: true, ms }),
    failed: ({ check, ...explanation }, ms) =>
      print({ check, passed: false, ms, ...explanation }),
    printed: (text) => print({ printed: text }),
    ends: ({ steps }, done, kept) =>
      print({ passed: kept, done, of: steps.length }),
  }
}

function print(object: object): void {
  process.stdout.write(`${JSON.stringify(object)}\n`)
}
