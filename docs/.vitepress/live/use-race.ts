// The race as a component shows it: recorded until servers are found.

import {
  computed,
  onBeforeUnmount,
  onMounted,
  type Ref,
  reactive,
  ref,
} from 'vue'

import type { Pace } from '../../../scripts/control/manifest.ts'
import { near } from '../theme/charts/near.ts'
import { browserName } from './browser-name.ts'
import { idle } from './idle.ts'
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

/** @param place where it is on the page: it runs when that is seen */
export function useRace(place: Ref<HTMLElement | null>) {
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
  /** The page is gone. */
  const leaving = new AbortController()

  const machine = computed(() =>
    mode.value === 'live' ? servers?.manifest.machine : recorded.machine,
  )

  function end(): void {
    ending.abort()
    race?.stop()
    race = undefined
    running.value = false
  }

  function stop(): void {
    end()
    act.value = 'The race is stopped.'
  }

  async function start(): Promise<void> {
    end()
    problem.value = ''
    running.value = true
    if (servers) startLive(servers)
    else await trying(playRecorded())
  }

  function startLive(all: Servers): void {
    runners.value = all.manifest.lessons.map((lesson) =>
      reactive(runnerOf({ ...lesson, url: lesson.raceUrl })),
    )
    act.value = 'The race is live.'
    race = new LiveRace(all, runners.value, pace.value, {
      act(sentence) {
        act.value = sentence
      },
      problem(sentence) {
        problem.value = sentence
      },
    })
  }

  async function playRecorded(): Promise<void> {
    ending = new AbortController()
    const { signal } = ending
    const onAct = (what: string) => {
      if (!signal.aborted) act.value = what
    }
    try {
      const recording = await loadRecording()
      if (signal.aborted) return
      runners.value = recording.lanes.map((lane) => reactive(runnerOf(lane)))
      onAct('The recorded race plays.')
      await replay(recording, runners.value, onAct, signal)
      onAct('The recorded race is over.')
    } finally {
      if (!signal.aborted) running.value = false
    }
  }

  async function goLive(finding: Promise<Servers>): Promise<void> {
    const found = await finding
    if (leaving.signal.aborted) return
    servers = found
    mode.value = 'live'
    await startWhenSeen()
  }

  /** What fails is told in a sentence. */
  async function trying(work: Promise<void>): Promise<void> {
    try {
      await work
    } catch (error) {
      problem.value = (error as Error).message
    }
  }

  function setPace(wish: Pace): void {
    pace.value = wish
    race?.setPace(wish)
  }

  /** This run as a file, like the one that the published site plays. */
  function save(): Recording | undefined {
    return race?.recording(browserName(navigator))
  }

  let goesOnWhenSeen = false
  async function startWhenSeen(): Promise<void> {
    if (document.hidden) goesOnWhenSeen = true
    else await start()
  }

  function onVisibility(): void {
    // What nobody sees must not run, and must not be late when it is seen again.
    if (document.hidden) {
      goesOnWhenSeen = running.value
      if (running.value) stop()
    } else if (goesOnWhenSeen) start()
  }

  onMounted(async () => {
    document.addEventListener('visibilitychange', onVisibility)
    const beside = besideThisPage()
    if (beside) return trying(goLive(serversBeside(beside)))
    // It stands as it ended, and plays when it is seen.
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches
    if (still || place.value === null) return
    await near(place.value, leaving.signal).catch(() => {})
    await idle()
    const isFirst = !leaving.signal.aborted && !running.value && !servers
    if (isFirst) await startWhenSeen()
  })
  onBeforeUnmount(() => {
    document.removeEventListener('visibilitychange', onVisibility)
    leaving.abort()
    end()
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
    /** On a reader's click: the servers of their own machine. */
    connect: (address: string) => trying(goLive(serversAt(address))),
    setPace,
    cut: (runner?: Runner) => race?.cut(runner?.folder),
    pause: (runner: Runner) => race?.pause(runner.folder, !runner.paused),
    publish: (text: string) => race?.publish(text),
    save,
  }
}
