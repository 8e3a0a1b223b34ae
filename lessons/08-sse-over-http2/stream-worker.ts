// The shared worker that holds the stream: it runs outside of all tabs.

import { hold } from './shared-stream.ts'

const messages = new URL('/messages', location.href)

// #region worker
const tabs = new Set<string>()
let holding: AbortController | undefined

addEventListener('connect', (event) => {
  const [tab] = (event as MessageEvent).ports
  if (tab) tab.onmessage = ({ data: name }) => welcome(name)
})

/** @param name of a lock that the tab holds as long as it is here */
async function welcome(name: string): Promise<void> {
  tabs.add(name)
  if (holding === undefined) holdStream()
  await navigator.locks.request(name, () => tabs.delete(name))
  if (tabs.size === 0) holding?.abort()
}

async function holdStream(): Promise<void> {
  const own = new AbortController()
  holding = own
  own.signal.addEventListener('abort', () => {
    if (holding === own) holding = undefined
  })
  // From the present on. A tab that was further back will say so.
  await hold(messages, undefined, own.signal)
  own.abort() // The server has refused: the next tab to come tries again.
}
// #endregion worker
