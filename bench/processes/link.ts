// The process of the link between client and server: its work is neither's.

import { EmulatedLink } from '../link/emulated-link.ts'
import type { LinkOptions } from '../link/link-options.ts'
import { cpuMs } from '../machine/process-cpu.ts'
import { answerCalls } from './calls.ts'

const options: LinkOptions = JSON.parse(process.argv[2] ?? '')
let link: EmulatedLink | undefined

const handlers = {
  /** Opens the link to the server. Answers where clients connect. */
  async leadTo(target: string): Promise<string> {
    link = await EmulatedLink.to(new URL(target), options)
    return link.url.href
  },
  cut: () => link?.cut(),
  /** What has come to the client so far, in bytes. */
  bytesDown: (): number => link?.bytesDown ?? 0,
  cpuMs,
}

export type LinkCalls = typeof handlers

answerCalls(handlers)
