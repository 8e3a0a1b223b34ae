// A process that runs in circles does not hear that its parent is gone.
import { Worker } from 'node:worker_threads'

const pauseMs = 500

/**
 * Ends this process once its parent has ended, whatever it does then.
 *
 * @param parent its process id, told by itself: it may be gone already
 */
export function endWithParent(parent: number): void {
  // Plain JavaScript: a thread of its own need not load what this one did.
  const code = `
    setInterval(() => {
      try {
        process.kill(${parent}, 0)
        // Another process may have taken its number.
        if (process.ppid === ${parent}) return
      } catch {}
      process.kill(process.pid, 'SIGKILL')
    }, ${pauseMs})`
  new Worker(code, { eval: true, execArgv: [], env: {} }).unref()
}
