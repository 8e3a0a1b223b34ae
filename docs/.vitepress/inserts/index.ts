// The inserts by name, as pages ask for them.

import type { Insert } from '../markdown/inserts.ts'
import { calculator } from './calculator.ts'
import { capabilitiesTable } from './capabilities.ts'
import { chart } from './chart.ts'
import { chooser } from './chooser.ts'
import { costFigures } from './cost-figures.ts'
import { decisionTable } from './decision-table.ts'
import { doubtfulChart } from './doubtful-chart.ts'
import { figure } from './figure.ts'
import { legend } from './legend.ts'
import { lessonGrid } from './lesson-grid.ts'
import { ownRun } from './own-run.ts'
import { recorded } from './recorded.ts'
import { requirementsTable } from './requirements.ts'
import { results } from './results.ts'
import { scenario } from './scenario.ts'
import { symptomIndex } from './symptoms.ts'
import { workedExample } from './worked-example.ts'

export const inserts: Readonly<Record<string, Insert>> = {
  calculator: calculator,
  capabilities: capabilitiesTable,
  chooser: chooser,
  'cost-figures': costFigures,
  'decision-table': decisionTable,
  requirements: requirementsTable,
  symptoms: symptomIndex,
  'worked-example': workedExample,
  'lesson-grid': lessonGrid,
  chart,
  'doubtful-chart': doubtfulChart,
  figure,
  legend,
  'own-run': ownRun,
  recorded,
  results,
  scenario,
}
