// A recorded connection as lines of text, whatever protocol it speaks.
import type {
  RecordedConnection,
  WireAct,
  WireEvent,
} from '../../lessons/requirements/wire.ts'
import { protocolOf, type WireReader } from './wire-protocols.ts'

export interface WireLine {
  /** Who sent it; `link` for what happened to the connection. */
  readonly from: 'client' | 'server' | 'link'
  readonly text: string
  /** Of HTTP/2; 0 for what belongs to the whole connection. */
  readonly stream?: number
}

export const brokeOff = 'the connection broke'

const acts: Partial<Record<WireAct, string>> = {
  cut: brokeOff,
  frozen: 'from here on nothing gets through',
  thawed: 'it gets through again',
  'server ended': 'the server ended the connection',
  'client ended': 'the client ended the connection',
}

export function wireLines({
  head,
  tail,
  skippedBytes,
}: RecordedConnection): WireLine[] {
  const lines: WireLine[] = []
  const tell =
    (from: WireLine['from']) =>
    (text: string, stream?: number): void =>
      void lines.push({ from, text, stream })
  const link = tell('link')

  const protocol = protocolOf(head)
  const readers: Partial<Record<WireAct, WireReader>> = {
    client: protocol.client(tell('client')),
    server: protocol.server(tell('server')),
  }
  const all = Object.values(readers)
  let last: WireReader | undefined
  const read = ({ act, bytes }: WireEvent) => {
    const reader = readers[act]
    // Who goes on where the other one spoke begins a line of its own.
    if (reader !== last) last?.pause()
    last = reader
    reader?.read(bytes)
    const told = acts[act]
    if (told !== undefined) link(told)
  }
  head.forEach(read)
  if (skippedBytes > 0) {
    for (const reader of all) reader.skip()
    link(`${skippedBytes.toLocaleString('en')} bytes are left out`)
  }
  tail.forEach(read)
  for (const reader of all) reader.pause()
  return lines
}
