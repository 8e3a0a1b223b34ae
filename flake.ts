import { loadExercise } from './lessons/exercises.ts'
import { loadLesson } from './lessons/index.ts'
import { otherChecks, stepChecks } from './scripts/check/checks.ts'
import { Grader } from './scripts/check/grader.ts'
const n = Number(process.argv[2])
const fails: string[] = []
let longest: Record<string, number> = {}
let runs = 0
const until = Date.now() + 420_000
while (runs < n && Date.now() < until) {
  runs++
  for (const f of ['04-server-sent-events', '01-short-polling']) {
    const e = await loadExercise(f)
    const checks = [...stepChecks(e), ...otherChecks(e, await loadLesson(f))]
    await using g = new Grader(f)
    const v = await g.grade({ modules: {}, checks, all: true })
    for (const x of v.graded) { longest[f+x.check] = Math.max(longest[f+x.check] ?? 0, x.ms); if (x.failure) { fails.push(`${f} ${x.check} ${x.failure.says}`); console.log(fails.at(-1)) } }
    if (v.failure) { fails.push(`${f} ${v.failure.says}`); console.log(fails.at(-1)) }
  }
}
console.log('runs', runs, 'fails', fails.length, JSON.stringify(longest))
