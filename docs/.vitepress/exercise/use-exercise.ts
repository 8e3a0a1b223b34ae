// The reader's own exercise as a component shows it: how far it is, a run of its
// checks whenever they save, and hints one by one.

import { computed, onBeforeUnmount, onMounted, ref, shallowRef } from 'vue'

import type { Hints } from '../../../scripts/control/exercises.ts'
import { besideThisPage } from '../live/servers.ts'
import { type ExercisesBeside, exercisesBeside } from './exercises-beside.ts'
import { askProgress, progressBeside } from './progress-beside.ts'
import { newRun, type Run, withLine } from './run.ts'

export function useExercise(number: number) {
  /** The workbook runs beside this page. */
  const isHere = ref(false)
  const isChecking = ref(false)
  /** How many steps are done. */
  const done = computed(() => {
    if (!isHere.value) return 0
    const mine = progressBeside().find((one) => one.number === number)
    return mine?.done ?? 0
  })
  /** The last run that was begun. */
  const run = shallowRef<Run>()
  const hints = shallowRef<Hints>()
  const problem = ref('')
  /** Checks whenever the reader saves. */
  const follows = ref(true)

  const leaving = new AbortController()
  let exercises: ExercisesBeside | undefined
  let checking: AbortController | undefined
  let saves: EventSource | undefined
  /** The hash of what the files held when they were last looked at. */
  let seen: string | undefined

  /** What fails because it was given up is no problem. */
  async function tell(
    work: () => Promise<void>,
    signal = leaving.signal,
  ): Promise<void> {
    try {
      problem.value = ''
      await work()
    } catch (error) {
      if (!signal.aborted) problem.value = (error as Error).message
    }
  }

  /** A run that goes on is ended: the files are others now. */
  async function check(): Promise<void> {
    checking?.abort()
    const mine = new AbortController()
    checking = mine
    isChecking.value = true
    await tell(async () => {
      let now = newRun
      for await (const line of exercises?.check(number, mine.signal) ?? []) {
        now = withLine(now, line)
        if (checking !== mine) return
        show(now)
      }
      await askProgress()
    }, mine.signal).finally(() => {
      if (checking !== mine) return
      checking = undefined
      isChecking.value = false
    })
  }

  function show(now: Run): void {
    if (now.failure?.check !== hints.value?.check) hints.value = undefined
    run.value = now
  }

  function stop(): void {
    checking?.abort()
    checking = undefined
    isChecking.value = false
  }

  async function hint(): Promise<void> {
    await tell(async () => {
      hints.value = await exercises?.hint(number)
    })
  }

  /** Nothing is watched for a page that nobody sees, or that is not asked to. */
  function listen(): void {
    saves?.close()
    saves = undefined
    if (!follows.value || document.hidden || !exercises) return
    saves = exercises.saves(number)
    saves.onmessage = ({ data }) => {
      const isNew = seen !== undefined && seen !== data
      seen = data
      if (isNew) void check()
    }
  }

  onMounted(async () => {
    const address = besideThisPage()
    if (address === undefined) return
    isHere.value = true
    await tell(async () => {
      exercises = await exercisesBeside(address)
      await askProgress()
    })
    const { signal } = leaving
    if (signal.aborted) return
    listen()
    document.addEventListener('visibilitychange', listen, { signal })
  })
  onBeforeUnmount(() => {
    leaving.abort()
    saves?.close()
    checking?.abort()
  })

  return {
    isHere,
    isChecking,
    done,
    run,
    hints,
    problem,
    follows,
    check,
    stop,
    hint,
    listen,
  }
}
