// The reader's own exercise as a component shows it: how far it is, a run of its
// checks whenever they save, and hints one by one.

import { onBeforeUnmount, onMounted, ref, shallowRef } from 'vue'

import type { Hints } from '../../../scripts/control/exercises.ts'
import { besideThisPage } from '../live/servers.ts'
import { type ExercisesBeside, exercisesBeside } from './exercises-beside.ts'
import { newRun, type Run, withLine } from './run.ts'

export function useExercise(number: number) {
  /** The workbook runs beside this page. */
  const isHere = ref(false)
  const isChecking = ref(false)
  /** How many steps are done. */
  const done = ref(0)
  /** The last run that was begun. */
  const run = shallowRef<Run>()
  const hints = shallowRef<Hints>()
  const problem = ref('')
  /** Checks whenever the reader saves. */
  const follows = ref(true)

  let exercises: ExercisesBeside | undefined
  let checking: AbortController | undefined
  let saves: EventSource | undefined
  /** The hash of what the files held when they were last looked at. */
  let seen: string | undefined

  async function tell(work: () => Promise<void>): Promise<void> {
    try {
      problem.value = ''
      await work()
    } catch (error) {
      problem.value = (error as Error).message
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
    }).finally(() => {
      if (checking !== mine) return
      checking = undefined
      isChecking.value = false
    })
  }

  function show(now: Run): void {
    if (now.failure?.check !== hints.value?.check) hints.value = undefined
    if (now.end) done.value = now.end.done
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
      const all = await exercises.list()
      done.value = all.find((one) => one.number === number)?.done ?? 0
    })
    listen()
    document.addEventListener('visibilitychange', listen)
  })
  onBeforeUnmount(() => {
    document.removeEventListener('visibilitychange', listen)
    saves?.close()
    checking?.abort()
    exercises = undefined
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
