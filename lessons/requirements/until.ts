// Waiting for a fact: a check that waits in vain says for what.

import assert from 'node:assert/strict'

import { sleep } from '../shared/sleep.ts'

/**
 * Waits for a fact.
 *
 * @param what the fact as a noun, for the error when `signal` aborts first
 */
export async function until(
  fact: () => boolean | Promise<boolean>,
  signal: AbortSignal,
  what: string | (() => string),
): Promise<void> {
  while (!(await fact())) {
    if (signal.aborted)
      assert.fail(
        `Waited in vain for ${typeof what === 'string' ? what : what()}.`,
      )
    await sleep(2, signal)
  }
}

/** What `promise` is rejected with; undefined when it is kept. */
export async function rejectionOf(
  promise: Promise<unknown>,
  signal: AbortSignal,
  what: string,
): Promise<unknown> {
  let outcome: { error?: unknown } | undefined
  promise.then(
    () => {
      outcome = {}
    },
    (error) => {
      // What fails because the time is over was waited for in vain.
      if (!signal.aborted) outcome = { error }
    },
  )
  await until(() => outcome !== undefined, signal, what)
  return outcome?.error
}
