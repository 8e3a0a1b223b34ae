// The recorded race, loaded when it is to play.

import type { Recording } from './recording.ts'

export async function loadRecording(): Promise<Recording> {
  const { default: recording } = await import('./recorded-race.json')
  return recording as unknown as Recording
}
