// A vitest reporter: saves the outcome of a run where `npm test` reads it.
import { writeFileSync } from 'node:fs'
import type { SerializedError } from 'vitest'
import type { Reporter, TestCase, TestModule, Vitest } from 'vitest/node'
import { type Skip, type Summary, summaryFileVariable } from './summary.ts'

/** Does nothing unless the environment names a file for the summary. */
export default class SummaryReporter implements Reporter {
  #namePattern: RegExp | undefined

  onInit({ config }: Vitest): void {
    this.#namePattern = config.testNamePattern
  }

  onTestRunEnd(
    modules: readonly TestModule[],
    unhandledErrors: readonly SerializedError[],
  ): void {
    const file = process.env[summaryFileVariable]
    if (!file) return
    const summary = summarize(modules, unhandledErrors, this.#namePattern)
    writeFileSync(file, JSON.stringify(summary))
  }
}

function summarize(
  modules: readonly TestModule[],
  unhandledErrors: readonly SerializedError[],
  namePattern?: RegExp,
): Summary {
  let passed = 0
  // A file that does not load and a hook that throws fail no test of their
  // own, and would otherwise be counted nowhere.
  let failed = unhandledErrors.length
  const skipped: Skip[] = []
  for (const module of modules) {
    failed += module.errors().length
    for (const suite of module.children.allSuites()) {
      failed += suite.errors().length
    }
    for (const test of module.children.allTests()) {
      const { state } = test.result()
      if (state === 'passed') passed++
      else if (state === 'failed') failed++
      // `vitest -t` skips what was not asked for: no news to anybody.
      else if (isAskedFor(test, namePattern)) skipped.push(skipOf(test))
    }
  }
  return { passed, failed, skipped }
}

function isAskedFor(test: TestCase, namePattern?: RegExp): boolean {
  return namePattern?.test(test.fullName.replaceAll(' > ', ' ')) ?? true
}

function skipOf(test: TestCase): Skip {
  return {
    file: test.module.relativeModuleId,
    name: test.fullName,
    reason: reasonOf(test),
  }
}

function reasonOf(test: TestCase): string | undefined {
  const result = test.result()
  if (result.state === 'pending') return 'the run ended before it'
  if (result.state === 'skipped' && result.note) return result.note
  if (test.options.mode === 'todo') return 'still to be written'
  return undefined
}
