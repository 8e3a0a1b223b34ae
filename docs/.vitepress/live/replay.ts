// Shows a recorded race: as it stood in the end, or as it went.

import { type Moment, momentsOf, play, type Recording } from './recording.ts'
import { arrive, type Runner, runnerOf } from './runner.ts'

/** Everybody where they stood when the recording ended. */
export function finalRunners(recording: Recording): Runner[] {
  const runners = recording.lanes.map(runnerOf)
  const show = showing(runners)
  for (const moment of momentsOf(recording)) show(moment)
  return runners
}

/**
 * Plays it from its start, on runners that are made anew for it.
 *
 * @param onAct takes what was done, when it was done
 */
export async function replay(
  recording: Recording,
  runners: readonly Runner[],
  onAct: (what: string) => void,
  signal: AbortSignal,
): Promise<void> {
  await play(momentsOf(recording), showing(runners, onAct), signal)
}

function showing(
  runners: readonly Runner[],
  onAct: (what: string) => void = () => {},
): (moment: Moment) => void {
  const all = new Map(runners.map((runner) => [runner.folder, runner]))
  return (moment) => {
    if ('act' in moment) return onAct(moment.act)
    const runner = all.get(moment.lane)
    if (runner === undefined) return
    if ('state' in moment) runner.state = moment.state
    else arrive(runner, moment)
  }
}
