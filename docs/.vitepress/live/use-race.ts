// The race as a component shows it: recorded until servers are found.

import { computed, onBeforeUnmount, onMounted, reactive, ref } from 'vue'

import type { Pace } from '../../../scripts/control/manifest.ts'
import { browserName } from './browser-name.ts'
import { LiveRace } from './live-race.ts'
import { loadRecording } from './load-recording.ts'
import { data as recorded } from './recorded.data.ts'
import type { Recording } from './recording.ts'
import { replay } from './replay.ts'
import { type Runner, runnerOf } from './runner.ts'
import {
  besideThisPage,
  type Servers,
  serversAt,
  serversBeside,
} from './servers.ts'

/** What the race begins with. */
export const firstPace: Pace = { ratePerS: 4, bytes: 64 }

export function useRace() {
  const mode = ref<'recorded' | 'live'>('recorded')
  const runners = ref<Runner[]>([...recorded.runners])
  const running = ref(false)
  const pace = ref<Pace>(firstPace)
  /** The last thing that was done, for all to read. */
  const act = ref('')
  const problem = ref('')
  let servers: Servers | undefined
  let race: LiveRace | undefined
  let ending = new AbortController()

  const machine = computed(() =>
    mode.value === 'live' ? servers?.manifest.machine : recorded.machine,
  )

  function stop(): void {
    ending.abort()
    race?.stop()
    race = undefined
    running.value = false
  }

  async function start(): Promise<void> {
    stop()
    problem.value = ''
    running.value = true
    if (mode.value === 'live' && servers) startLive(servers)
    else await playRecorded()
  }

  function startLive(all: Servers): void {
    runners.value = all.manifest.lessons.map((lesson) =>
      reactive(runnerOf({ ...lesson, url: lesson.raceUrl })),
    )
    act.value = 'The race is live.'
    race = new LiveRace(all, runners.value, pace.value, (sentence) => {
      problem.value = sentence
    })
  }

  async function playRecorded(): Promise<void> {
    ending = new AbortController()
    const { signal } = ending
    const recording = await loadRecording()
    if (signal.aborted) return
    runners.value = recording.lanes.map((lane) => reactive(runnerOf(lane)))
    act.value = 'The recorded race plays.'
    await replay(
      recording,
      runners.value,
      (what) => {
        act.value = what
      },
      signal,
    )
    if (!signal.aborted) running.value = false
  }

  function goLive(found: Servers): Promise<void> {
    servers = found
    mode.value = 'live'
    return start()
  }

  /** On a reader's click: the servers of their own machine. */
  async function connect(address: string): Promise<void> {
    try {
      await goLive(await serversAt(address))
    } catch (error) {
      problem.value = (error as Error).message
    }
  }

  function setPace(wish: Pace): void {
    pace.value = wish
    race?.setPace(wish)
    act.value = `${wish.ratePerS} messages a second, of ${wish.bytes} bytes each.`
  }

  function cut(runner?: Runner): void {
    race?.cut(runner?.folder)
    act.value = `${runner ? `${runner.title}: all` : 'All'} connections are cut.`
  }

  function pause(runner: Runner): void {
    race?.pause(runner.folder, !runner.paused)
    act.value = `${runner.title}: the reader ${runner.paused ? 'stops reading' : 'reads on'}.`
  }

  function publish(text: string): void {
    race?.publish(text)
    act.value = `Published “${text}”.`
  }

  /** This run as a file, like the one that the published site plays. */
  function save(): Recording | undefined {
    return race?.recording(browserName(navigator))
  }

  let runsHidden = false
  function onVisibility(): void {
    // What nobody sees must not run, and must not be late when it is seen again.
    if (document.hidden) {
      runsHidden = running.value
      stop()
    } else if (runsHidden) start()
  }

  onMounted(async () => {
    document.addEventListener('visibilitychange', onVisibility)
    const beside = besideThisPage()
    if (beside === undefined) return
    try {
      await goLive(await serversBeside(beside))
    } catch (error) {
      problem.value = (error as Error).message
    }
  })
  onBeforeUnmount(() => {
    document.removeEventListener('visibilitychange', onVisibility)
    stop()
  })

  return {
    mode,
    machine,
    runners,
    running,
    pace,
    act,
    problem,
    start,
    stop,
    connect,
    setPace,
    cut,
    pause,
    publish,
    save,
  }
}
