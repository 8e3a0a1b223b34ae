// The shared worker that holds the stream: it runs outside of all tabs.

import { hold } from './shared-stream.ts'

const messages = new URL('/messages', location.href)
const tabs = new Set<MessagePort>()
let leaving = new AbortController()
leaving.abort()

// #region worker
addEventListener('connect', (event) => {
  const [tab] = (event as MessageEvent).ports
  if (tab === undefined) return
  tabs.add(tab)
  // A tab that leaves or is closed. Browsers that do not tell keep the stream
  // until the last tab is closed, and the worker with it.
  tab.addEventListener('close', () => {
    tabs.delete(tab)
    if (tabs.size === 0) leaving.abort()
  })
  tab.start()
  if (leaving.signal.aborted) holdAgain()
})

async function holdAgain(): Promise<void> {
  const own = new AbortController()
  leaving = own
  await hold(messages, undefined, own.signal)
  own.abort()
}
// #endregion worker
