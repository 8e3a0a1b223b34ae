// What pages may ask about exercises: how far each is, a check, the next hint,
// and to be told when the reader saves.
import type { IncomingMessage, ServerResponse } from 'node:http'

import {
  encodeEvent,
  heartbeatComment,
} from '../../lessons/04-server-sent-events/event-stream.ts'
import {
  hasExercise,
  loadExercise,
  loadExercised,
} from '../../lessons/exercises.ts'
import { lessonFolders, numberOf } from '../../lessons/index.ts'
import { heartbeat } from '../../lessons/shared/heartbeat.ts'
import { Refusal } from '../../lessons/shared/refusal.ts'
import type { Routes } from '../../lessons/shared/router.ts'
import { Grader } from '../check/grader.ts'
import { allIsKept, nextHint } from '../check/hint.ts'
import { jsonReport } from '../check/json-report.ts'
import { listedExercises } from '../check/list.ts'
import { progressOf } from '../check/progress.ts'
import { runChecks } from '../check/run.ts'
import { CommandError } from '../cli/command-error.ts'
import { answer } from './answer.ts'
import type { CheckLine } from './exercises.ts'
import { oneAtATime } from './one-at-a-time.ts'
import { readBody } from './read-body.ts'
import { saves } from './saves.ts'

/** Several times what the checks of any exercise take together. */
const checkMs = 120_000

const heartbeatMs = 15_000

export function exerciseRoutes(): Routes {
  const inTurn = oneAtATime()
  return {
    async 'GET /exercises'(_, response) {
      answer(response, 200, await listedExercises())
    },

    /** The report, line by line. Whoever leaves ends the check. */
    async 'POST /check'(request, response, gone) {
      const { exercise } = await readBody(request)
      const folder = await folderOf(exercise)
      await inTurn(() => check(folder, response, gone))
    },

    async 'POST /hint'(request, response) {
      const { exercise } = await readBody(request)
      const asked = await loadExercise(await folderOf(exercise))
      const hints = nextHint(asked)
      if (hints === undefined) throw new Refusal(409, allIsKept(asked))
      answer(response, 200, hints)
    },

    /** An event stream: what the files hold, as a hash, and again at each save. */
    async 'GET /saves'(request, response, gone) {
      const exercise = await loadExercise(await folderOf(askedIn(request)))
      response.writeHead(200, {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
      })
      heartbeat(response, heartbeatMs, gone, heartbeatComment)
      for await (const data of saves(exercise, gone))
        response.write(encodeEvent({ data }))
      response.end()
    },
  }
}

async function check(
  folder: string,
  response: ServerResponse,
  gone: AbortSignal,
): Promise<void> {
  if (gone.aborted) return
  const late = AbortSignal.timeout(checkMs)
  const tell = (line: CheckLine) => {
    if (!response.headersSent)
      response.writeHead(200, {
        'content-type': 'application/jsonl',
        'cache-control': 'no-store',
      })
    response.write(`${JSON.stringify(line)}\n`)
  }
  // It loads its files while this process loads its own.
  await using grader = new Grader(folder)
  try {
    const lesson = await loadExercised(folder)
    const exercise = await loadExercise(folder)
    await runChecks(lesson, exercise, grader, jsonReport(tell), {
      signal: AbortSignal.any([gone, late]),
      first: progressOf(folder, 0).at,
    })
  } catch (error) {
    if (error instanceof CommandError) throw new Refusal(503, error.message)
    if (gone.aborted) return
    if (!late.aborted) throw error
    tell({ error: `The check has taken ${checkMs / 1_000} s, and was ended.` })
  }
  response.end()
}

/** `?exercise=4` */
function askedIn({ url }: IncomingMessage): unknown {
  const asked = new URLSearchParams(url?.split('?')[1]).get('exercise')
  return asked && /^\d+$/.test(asked) ? Number(asked) : (asked ?? undefined)
}

/** @throws Refusal (404) when no exercise has this number */
async function folderOf(exercise: unknown): Promise<string> {
  const folders = (await lessonFolders()).filter(hasExercise)
  const found = folders.find((folder) => numberOf(folder) === exercise)
  if (found !== undefined) return found
  const numbers = folders.map(numberOf).join(', ')
  const got = JSON.stringify(exercise) ?? 'nothing'
  throw new Refusal(404, `exercise must be one of ${numbers}, got ${got}.`)
}
