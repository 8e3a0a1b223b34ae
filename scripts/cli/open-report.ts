// Chooses how a command tells what happens.
import { jsonReport } from './json-report.ts'
import { readableReport } from './readable-report.ts'
import type { Report } from './report.ts'

/** Readable unless `json`, on stdout. */
export function openReport(json: boolean): Report {
  return json ? jsonReport() : readableReport()
}
