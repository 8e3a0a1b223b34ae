// What every transport keeps, from the plainest to the least.

import { backpressure } from './backpressure.ts'
import { fanOut } from './fan-out.ts'
import { gap } from './gap.ts'
import { heartbeat } from './heartbeat.ts'
import { lateJoin } from './late-join.ts'
import { order } from './order.ts'
import { origin } from './origin.ts'
import { payload } from './payload.ts'
import { publish } from './publish.ts'
import { refuse } from './refuse.ts'
import { release } from './release.ts'
import type { Requirement } from './requirement.ts'
import { resume } from './resume.ts'
import { retry } from './retry.ts'
import { shutdown } from './shutdown.ts'

export const requirements: readonly Requirement[] = [
  order,
  payload,
  lateJoin,
  resume,
  gap,
  fanOut,
  backpressure,
  release,
  heartbeat,
  publish,
  refuse,
  origin,
  shutdown,
  retry,
]
