// What the loops that everybody writes first leave out.

import type { Contestant } from '../../contestant.ts'

export const lacks = {
  resume:
    'It keeps no messages: what is published while a client is away is gone.',
  publish: 'It answers every request with the stream, and reads no bodies.',
  tls: 'It is written for plain HTTP.',
} satisfies Contestant['lacks']

/** @throws Error always */
export async function noWayBack(): Promise<never> {
  throw new Error(lacks.publish)
}
