// The keys that somebody presses, one at a time.
import type { ReadStream } from 'node:tty'

/** What Ctrl-C sends where the terminal hands on every key. */
const controlC = '\u0003'

/** Hands each key to `press`, and Ctrl-C on to the process. Without a terminal it reads what comes. */
export function readKeys(
  stdin: NodeJS.ReadStream,
  press: (key: string) => void,
): Disposable {
  const terminal: ReadStream | undefined = stdin.isTTY ? stdin : undefined
  const read = (text: string) => {
    for (const key of text) {
      if (key === controlC) process.kill(process.pid, 'SIGINT')
      else if (key.trim() !== '') press(key)
    }
  }
  terminal?.setRawMode(true)
  stdin.setEncoding('utf8').on('data', read)
  return {
    [Symbol.dispose]() {
      stdin.off('data', read)
      terminal?.setRawMode(false)
      // Or the process would wait for more.
      stdin.pause()
    },
  }
}
