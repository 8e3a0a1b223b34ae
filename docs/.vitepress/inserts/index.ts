// The inserts by name, as pages ask for them.

import type { Insert } from '../markdown/inserts.ts'
import { lessonGrid } from './lesson-grid.ts'

export const inserts: Readonly<Record<string, Insert>> = {
  'lesson-grid': lessonGrid,
}
