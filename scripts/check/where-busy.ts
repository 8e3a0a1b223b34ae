// Where a process runs in circles: its debugger can be woken up from outside, and
// tells what runs at the moment.
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { SourceMap } from 'node:module'
import { WebSocket } from 'ws'
import type { Place } from './messages.ts'
import { fromRoot } from './places.ts'

/** Who looks into a process that hangs must not hang as well. */
const patienceMs = 5_000

/** What Node needs to be told at the start, so that its debugger takes a free port. */
export const debuggerFlag = '--inspect-port=127.0.0.1:0'

interface Told {
  readonly method?: string
  readonly params?: {
    readonly scriptId?: string
    readonly url?: string
    readonly sourceMapURL?: string
    readonly callFrames?: readonly Frame[]
  }
}

/** A line that runs. */
interface Frame {
  readonly location: {
    readonly scriptId: string
    readonly lineNumber: number
    readonly columnNumber: number
  }
}

interface Script {
  readonly url: string
  readonly map: string
}

/** The innermost line in `folder`; undefined where the system has no such signal. */
export async function whereBusy(
  child: ChildProcess,
  folder: URL,
): Promise<Place | undefined> {
  if (process.platform === 'win32') return
  const signal = AbortSignal.timeout(patienceMs)
  try {
    const address = addressFrom(child, signal)
    child.kill('SIGUSR1')
    return await ask(await address, folder, signal)
  } catch {
    return // That it is busy is told anyway.
  }
}

/** Node tells it on stderr. */
async function addressFrom(
  child: ChildProcess,
  signal: AbortSignal,
): Promise<string> {
  let told = ''
  for (;;) {
    const [text] = await once(child.stderr ?? child, 'data', { signal })
    told += text
    const [, address] = /listening on (ws:\S+)/.exec(told) ?? []
    if (address !== undefined) return address
  }
}

async function ask(
  address: string,
  folder: URL,
  signal: AbortSignal,
): Promise<Place | undefined> {
  const socket = new WebSocket(address)
  try {
    await once(socket, 'open', { signal })
    const scripts = new Map<string, Script>()
    const paused = new Promise<readonly Frame[]>((resolve, reject) => {
      signal.addEventListener('abort', reject)
      socket.on('message', (data) => {
        const { method, params = {} }: Told = JSON.parse(`${data}`)
        const { scriptId = '', url = '', sourceMapURL = '' } = params
        if (method === 'Debugger.scriptParsed')
          scripts.set(scriptId, { url, map: sourceMapURL })
        else if (method === 'Debugger.paused') resolve(params.callFrames ?? [])
      })
    })
    for (const [id, method] of ['enable', 'pause'].entries())
      socket.send(JSON.stringify({ id, method: `Debugger.${method}` }))
    for (const { location } of await paused) {
      const script = scripts.get(location.scriptId)
      if (script?.url.startsWith(folder.href)) return placeOf(location, script)
    }
    return undefined
  } finally {
    socket.terminate()
  }
}

/** Where that is in the source, of which tsx has made what runs. */
function placeOf(
  { lineNumber, columnNumber }: Frame['location'],
  { url, map }: Script,
): Place {
  const [, base64] = /^data:[^,]*;base64,(.+)$/.exec(map) ?? []
  const file = fromRoot(new URL(url.split('?', 1)[0] ?? url))
  if (base64 === undefined) return { file, line: lineNumber + 1 }
  const json = JSON.parse(Buffer.from(base64, 'base64').toString())
  const found = new SourceMap(json).findEntry(lineNumber, columnNumber)
  const line = 'originalLine' in found ? found.originalLine : lineNumber
  return { file, line: line + 1 }
}
