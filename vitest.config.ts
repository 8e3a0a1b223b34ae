// How vitest finds and runs the tests; `npm test` is scripts/test.ts.
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

import { thoroughVariable } from './scripts/thorough.ts'

/**
 * They start processes that keep every core busy for seconds: beside them no
 * other test is to wait for anything.
 */
const benchmarks = [
  'bench/{main,over-tls,scenarios}.test.ts',
  'bench/external/external.test.ts',
]

/** They look at the figures as well, and are alone. */
const measuring = ['bench/selftest/*.test.ts']

/** They take the site that is built before them, once. */
const ofTheBuiltSite = [
  'scripts/site/*.test.ts',
  'docs/.vitepress/{choose,exercise,live,predict,theme/charts}/*.browser.test.ts',
]

/**
 * They only compute, or close all that they open: one process for many of them
 * spares each the start of its own, and the loading of all lessons.
 */
const together = [
  'docs/.vitepress/**/!(*.browser).test.ts',
  'bench/{machine,report,schema,statistics}/**/!(*.browser).test.ts',
  'bench/{head-of-line,link,load,page-load}/!(*.browser).test.ts',
  // Not those of HTTP/2: a process that has run several of lessons 06 to 09 is
  // now and then ended by "corrupted size vs. prev_size", of Node 20's own.
  'lessons/{0[1-5],11}-*/!(*.browser).test.ts',
  'lessons/13-*/{heartbeats-and-timeouts,limits,reconnect-storms,slow-readers,who-may-listen}/*.test.ts',
  'lessons/shared/*.test.ts',
]

/**
 * They take most of the time, and find what seldom breaks: every fault of every
 * exercise and of every requirement, all requirements once more on Redis, cut
 * connections by the hundred, every page in four views, tabs that share a stream,
 * whole runs of the benchmark. `npm run test:all` runs them.
 */
const thorough = [
  ...benchmarks,
  ...measuring,
  'bench/{page-load,report}/*.browser.test.ts',
  'docs/.vitepress/{exercise,live}/*.browser.test.ts',
  'docs/.vitepress/plugins/own-run.browser.test.ts',
  'lessons/*/exercise/*.test.ts',
  'lessons/08-*/*.browser.test.ts',
  'lessons/12-*/conformance.test.ts',
  'lessons/{fuzz,soak}.test.ts',
  'lessons/requirements/faults.test.ts',
  'scripts/check/{broken,check,watch}.test.ts',
  'scripts/control/exercise-routes.test.ts',
  'scripts/servers/processes.test.ts',
  'scripts/start.test.ts',
  'scripts/site/page/faults.browser.test.ts',
  'scripts/site/{pages,use}.browser.test.ts',
]
const leftOut = process.env[thoroughVariable] === 'none' ? thorough : []

/** One that begins last is waited for alone. On a fresh clone nobody knows how long each takes. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]) {
    const isLong = ({ moduleId }: TestSpecification) =>
      /\/(lessons\/(pages\.browser|conformance)|scripts\/lesson)\.test\.ts$/.test(
        moduleId,
      )
    const sorted = await super.sort(files)
    return [...sorted.filter(isLong), ...sorted.filter((one) => !isLong(one))]
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'tests',
          include: ['{lessons,bench,scripts,docs/.vitepress}/**/*.test.ts'],
          exclude: [
            ...benchmarks,
            ...measuring,
            ...ofTheBuiltSite,
            ...together,
            ...leftOut,
          ],
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'together',
          include: together,
          isolate: false,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'site',
          include: ofTheBuiltSite,
          exclude: leftOut,
          globalSetup: 'scripts/site/build-once.ts',
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'benchmarks',
          include: benchmarks,
          exclude: leftOut,
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
        },
      },
      {
        extends: true,
        test: {
          name: 'measuring',
          include: measuring,
          exclude: leftOut,
          maxWorkers: 1,
          sequence: { groupOrder: 3 },
        },
      },
    ],
    // A process for each file: a leaked server or timer stays with its file.
    pool: 'forks',
    // Twice the reference machine's cores, as most tests wait for something; the
    // same everywhere, so that a run loads every machine alike.
    maxWorkers: 4,
    // More pages of one browser at a time would only wait for each other.
    maxConcurrency: 2,
    globals: false,
    watch: false,
    // A test that passes at the second try has found something.
    retry: 0,
    // Longer than the longest wait within one, which says what it waited for.
    testTimeout: 60_000,
    // A browser's first start takes seconds on a cold disk.
    hookTimeout: 60_000,
    unstubEnvs: true,
    unstubGlobals: true,
    reporters: [
      'default',
      // Naming reporters turns off vitest's own choice of this one.
      ...(process.env.GITHUB_ACTIONS ? ['github-actions'] : []),
      './scripts/summary-reporter.ts',
    ],
  },
})
