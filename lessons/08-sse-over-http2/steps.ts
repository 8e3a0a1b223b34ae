// The steps of the demonstration on this lesson's page.

import { post } from '../shared/fetch-client.ts'
import { type Counts, openStreams } from './streams.ts'
import { followTopics } from './topic-stream.ts'

type Tell = (text: string) => void

/** Runs until `signal` aborts, and tells what it sees. */
type Step = (tell: Tell, signal: AbortSignal, tabs: HTMLElement) => unknown

const here = new URL('/messages', location.href)

const steps: Readonly<Record<string, Step>> = {
  async http1(tell, signal) {
    const companion = await fetch('/http1', { signal })
    const lines = companion.body?.pipeThrough(new TextDecoderStream())
    const { value = '' } = (await lines?.getReader().read()) ?? {}
    const url = new URL('/messages', value.trim())
    await openStreams(url, 7, signal, (counts) => tell(inWords(counts)))
  },
  http2: (tell, signal) =>
    openStreams(here, 7, signal, (counts) => tell(inWords(counts))),
  limit: (tell, signal) =>
    openStreams(here, 101, signal, (counts) =>
      tell(`${inWords(counts)} This page’s own stream counts as well.`),
    ),
  topics: showTopics,
  worker: (tell, signal, tabs) => showTabs('worker', tell, signal, tabs),
  leader: (tell, signal, tabs) => showTabs('leader', tell, signal, tabs),
}

/** Lets each button with `data-step` begin its step, and end it. */
export function demonstrate(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>(
    'button[data-step]',
  ))
    attach(button)
}

function attach(button: HTMLButtonElement): void {
  const [told, tabs] = ['p', 'div'].map((tag) => document.createElement(tag))
  if (told === undefined || tabs === undefined) return
  told.ariaLive = 'polite'
  button.after(told, tabs)
  let running: AbortController | undefined

  button.onclick = async () => {
    if (running) {
      running.abort()
      running = undefined
      button.ariaPressed = 'false'
      return
    }
    const own = new AbortController()
    running = own
    button.ariaPressed = 'true'
    const tell = (text: string) => {
      told.textContent = text
    }
    try {
      await steps[button.dataset.step ?? '']?.(tell, own.signal, tabs)
    } catch (error) {
      if (!own.signal.aborted) tell(`It failed: ${(error as Error).message}`)
    }
  }
}

function inWords({ open, waiting, errors, plain }: Counts): string {
  const request = {
    unsent: '',
    waits: ' A plain request waits, too.',
    answered: ' A plain request is answered.',
  }
  return `${open} open, ${waiting} waiting, ${errors} errors.${request[plain]}`
}

async function showTopics(tell: Tell, signal: AbortSignal): Promise<void> {
  const got: string[] = []
  const handle = ({ data }: { data: string }) => {
    got.push(data)
    tell(`Received on one stream: ${got.join(' · ')}`)
  }
  const handlers = { prices: handle, news: handle }
  await new Promise<void>((onStart) => {
    const close = followTopics(here, handlers, { onStart })
    signal.addEventListener('abort', close)
  })
  for (const data of ['prices: 17.40', 'weather: rain', 'news: none today'])
    await post(here, data, { signal })
}

/** Three frames, which to the browser are like three tabs. */
async function showTabs(
  by: string,
  tell: Tell,
  signal: AbortSignal,
  tabs: HTMLElement,
): Promise<void> {
  for (const n of [1, 2, 3]) {
    const tab = document.createElement('iframe')
    tab.src = `/?share=${by}`
    tab.title = `Tab ${n}`
    const close = document.createElement('button')
    close.textContent = `Close tab ${n}`
    close.onclick = () => {
      tab.remove()
      close.remove()
    }
    tabs.append(tab, close)
  }
  const count = async () => {
    const { streams } = await (await fetch('/streams')).json()
    tell(`The server has ${streams} streams, with this page’s own.`)
  }
  const timer = setInterval(count, 500)
  signal.addEventListener('abort', () => {
    clearInterval(timer)
    tabs.replaceChildren()
  })
  await count()
}
