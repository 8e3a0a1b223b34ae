// The report for scripts and for the site: one JSON object a line.
import { stepChecks } from './checks.ts'
import type { Explanation } from './explain.ts'
import type { CheckReport } from './report.ts'

/** A line of it. What a check that failed is told with is an `Explanation`. */
export type ReportLine =
  | {
      readonly exercise: number
      readonly folder: string
      readonly steps: readonly string[]
    }
  | { readonly check: string; readonly passed: true; readonly ms: number }
  | ({ readonly passed: false; readonly ms: number } & Explanation)
  | { readonly printed: string }
  /** The last one. */
  | { readonly passed: boolean; readonly done: number; readonly of: number }

/** @param tell takes each line; without, it is printed */
export function jsonReport(
  tell: (line: ReportLine) => void = print,
): CheckReport {
  return {
    begins(exercise) {
      const { number, lesson } = exercise
      tell({ exercise: number, folder: lesson, steps: stepChecks(exercise) })
    },
    passed: (check, _, ms) => tell({ check, passed: true, ms }),
    failed: ({ check, ...explanation }, ms) =>
      tell({ check, passed: false, ms, ...explanation }),
    printed: (text) => tell({ printed: text }),
    ends: ({ steps }, done, kept) =>
      tell({ passed: kept, done, of: steps.length }),
  }
}

function print(line: ReportLine): void {
  process.stdout.write(`${JSON.stringify(line)}\n`)
}
