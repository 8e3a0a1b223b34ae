// A process that runs in circles does not hear that its parent is gone.
import { Worker } from 'node:worker_threads'

const pauseMs = 500

/** Ends this process once its parent has ended, whatever it does then. */
export function endWithParent(): void {
  // Plain JavaScript: a thread of its own need not load what this one did.
  const code = `
    const { ppid, pid } = process
    setInterval(() => {
      try {
        process.kill(ppid, 0)
        if (process.ppid === ppid) return
      } catch {}
      process.kill(pid, 'SIGKILL')
    }, ${pauseMs})`
  new Worker(code, { eval: true, execArgv: [], env: {} }).unref()
}
