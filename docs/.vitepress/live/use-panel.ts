// A lesson's live panel as a component shows it: its lane of the recording until
// its server is found, and then the server itself.

import { onBeforeUnmount, onMounted, type Ref, ref } from 'vue'

import { describeGap } from '../../../lessons/lesson.ts'
import { describeLeft, describeState } from '../../../lessons/page/describe.ts'
import { near } from '../theme/charts/near.ts'
import { type Lane, openLane } from './lane.ts'
import { describeMs } from './lateness.ts'
import { loadRecording } from './load-recording.ts'
import type { FromLane } from './messages.ts'
import { data as recorded } from './recorded.data.ts'
import { type Moment, momentsOf, play } from './recording.ts'
import {
  besideThisPage,
  type Servers,
  serversAt,
  serversBeside,
} from './servers.ts'

/** How many messages are in sight. */
const shown = 8

export interface Line {
  /** In the order of arrival. */
  readonly key: number
  readonly id: string
  readonly text: string
  /** No message: something about the connection. */
  readonly isNote: boolean
}

export type PanelState =
  | 'recorded'
  | 'connecting'
  | 'open'
  | 'waiting'
  | 'left'
  | 'ended'

/** @param folder of the lesson */
export function usePanel(folder: string, place: Ref<HTMLElement | null>) {
  const mode = ref<'recorded' | 'live'>('recorded')
  const state = ref<PanelState>('recorded')
  const words = ref('A recorded run of this lesson')
  const lines = ref<Line[]>([])
  const url = ref('')
  const problem = ref('')
  let servers: Servers | undefined
  let lane: Lane | undefined
  let after: string | undefined
  /** The cursor at which the connection broke, until a message shows how it went on. */
  let brokeAfter: string | undefined
  /** How often it broke. */
  let breaks = 0
  let key = 0
  const leaving = new AbortController()

  function add(id: string, text: string, isNote = false): void {
    const line = { key: key++, id, text, isNote }
    lines.value = [...lines.value, line].slice(-shown)
  }

  const runner = recorded.runners.find((one) => one.folder === folder)
  for (const { n, lateMs } of runner?.arrivals ?? []) addLate(n, lateMs)

  function addLate(n: number, lateMs: number): void {
    add(`message ${n}`, `${describeMs(lateMs)} late`)
  }

  function showRecorded(moment: Moment): void {
    if (mode.value === 'live') return
    // What was done to another lesson's lane is no part of this one's.
    if (moment.lane !== undefined && moment.lane !== folder) return
    if ('act' in moment) add('', moment.act, true)
    else if ('n' in moment) addLate(moment.n, moment.lateMs)
  }

  async function playRecorded(): Promise<void> {
    const moments = momentsOf(await loadRecording())
    lines.value = []
    await play(moments, showRecorded, leaving.signal)
  }

  function hear(event: FromLane): void {
    switch (event.say) {
      case 'message':
        if (brokeAfter !== undefined) {
          add('', `Resumed after ${brokeAfter}: nothing is lost.`, true)
          brokeAfter = undefined
        }
        after = event.id
        add(event.id, event.data)
        return
      case 'gap':
        after = event.gap.resumedAt
        brokeAfter = undefined
        add('', describeGap(event.gap), true)
        return
      case 'state':
        // A browser's EventSource comes back by itself, and never waits for us.
        if (event.state.is !== 'open') broke()
        state.value = event.state.is
        words.value = describeState(event.state)
        return
      case 'ended':
        state.value = 'ended'
        words.value = `Ended: ${event.why}`
        return
      case 'published':
        problem.value = ''
        return
      case 'refused':
        problem.value = `Not published: ${event.why}`
        return
    }
  }

  function broke(): void {
    if (brokeAfter !== undefined) return
    brokeAfter = after
    breaks++
  }

  /** Subscribes after the last message received. */
  function follow(): void {
    leave()
    problem.value = ''
    lane = openLane({ folder, url: url.value, after, on: hear })
  }

  function leave(): void {
    if (lane === undefined) return
    lane.close()
    lane = undefined
    state.value = 'left'
    words.value = describeLeft(after)
  }

  async function cut(): Promise<void> {
    const breaksBefore = breaks
    try {
      await servers?.cut(url.value)
      add('', 'The server’s side of the connection is cut.', true)
      // A client that asks again and again may not notice, and one that did may
      // have gone on already.
      if (breaks === breaksBefore) brokeAfter = after
    } catch (error) {
      problem.value = (error as Error).message
    }
  }

  function publish(data: string): void {
    lane?.publish(data)
  }

  async function goLive(finding: Promise<Servers>): Promise<void> {
    try {
      servers = await finding
      if (leaving.signal.aborted) return
      const here = servers.manifest.lessons.find((it) => it.folder === folder)
      if (here === undefined)
        throw new Error('This lesson has no server there.')
      url.value = here.url
      mode.value = 'live'
      lines.value = []
      follow()
    } catch (error) {
      problem.value = (error as Error).message
    }
  }

  onMounted(async () => {
    if (place.value === null) return
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches
    await near(place.value, leaving.signal).catch(() => {})
    if (leaving.signal.aborted) return
    const beside = besideThisPage()
    if (beside) await goLive(serversBeside(beside))
    else if (!still) await playRecorded()
  })
  onBeforeUnmount(() => {
    leaving.abort()
    lane?.close()
  })

  return {
    mode,
    state,
    words,
    lines,
    url,
    problem,
    follow,
    leave,
    cut,
    publish,
    connect: (address: string) => goLive(serversAt(address)),
  }
}
