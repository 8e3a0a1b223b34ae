// The calculator's example with its numbers put into the formulas, step by step:
// polls, and the stream that takes the fewest bytes.

import { formatNumber } from '../../../bench/report/format.ts'
import { type Html, html } from '../../../bench/report/html.ts'
import { bytesPerS, coresOf } from '../choose/cost-words.ts'
import {
  between,
  intervalFor,
  type Load,
  type MeasuredPoll,
  type MeasuredPush,
  nearest,
  pollCosts,
  pushCosts,
} from '../choose/costs.ts'
import { example } from '../choose/inputs.ts'
import { measuredOf } from '../choose/measured.ts'
import type { InsertContext } from '../markdown/inserts.ts'

export function workedExample({ lessons, references }: InsertContext): Html {
  const results = references()
  const all = lessons.flatMap((lesson) => measuredOf(results, lesson) ?? [])
  const poll = all.find((one) => one.delivery === 'poll')
  const stream = all
    .filter((one): one is MeasuredPush => one.delivery === 'stream')
    .sort((a, b) => bytesOf(a) - bytesOf(b))[0]
  if (poll === undefined || stream === undefined)
    return html`<p>Not measured yet.</p>`
  return html`<ul class="worked">${polled(poll, example)}${streamed(stream, example)}</ul>`
}

function bytesOf(stream: MeasuredPush): number {
  return pushCosts(stream, example).downPerS
}

function polled(poll: MeasuredPoll, load: Load): Html {
  const { everyS, bytes, subscribers, withinS, rttMs } = load
  const intervalS = intervalFor(load)
  const costs = pollCosts(poll, load, intervalS)
  const [r, rtt] = [1 / everyS, rttMs / 1_000]
  const cycleS = intervalS + rtt
  const p = number(Math.min(1, r * cycleS))
  const [n, t] = [number(subscribers), number(cycleS)]
  return html`<li><strong>${poll.title}</strong>, as seldom as the delay allows:
<em>I</em> = ${withinS} − 1.5 × ${rtt} = ${number(intervalS)} s, <em>T</em> = ${t} s, and <em>p</em> = ${number(r)} × ${t} = ${p}.</li>
<li>To the clients: ${n} × (((1 − ${p}) × ${number(poll.emptyBytes)} + ${p} × ${number(poll.fullBytes)}) / ${t} + ${number(r)} × (${bytes} + ${number(poll.aroundBytes)})) bytes/s = ${bytesPerS(costs.downPerS)}.</li>
<li>To the server: ${n} × ${number(poll.askBytes)} / ${t} bytes/s = ${bytesPerS(costs.upPerS)}.</li>
<li>CPUs: ${n} × (${number(poll.beatUs)} µs / ${t} s + ${number(r)} × ${number(poll.messageUs)} µs/s) = ${coresOf(costs)}.</li>
`
}

function streamed(stream: MeasuredPush, load: Load): Html {
  const { everyS, bytes, subscribers } = load
  const costs = pushCosts(stream, load)
  const r = 1 / everyS
  const n = number(subscribers)
  const fanOut = number(between(stream.fanOut, subscribers).value)
  return html`<li><strong>${stream.title}</strong>. To the clients: ${n} × (${number(r)} × (${bytes} + ${number(nearest(stream.around, r))}) + ${number(stream.idleDownPerS)}) bytes/s = ${bytesPerS(costs.downPerS)}.</li>
<li>CPUs: ${number(r)} × ${fanOut} µs/s + ${n} × ${number(stream.beatUs)} µs / ${stream.beatEveryS} s = ${coresOf(costs)}.</li>
`
}

function number(value: number): string {
  return formatNumber(value, 4)
}
