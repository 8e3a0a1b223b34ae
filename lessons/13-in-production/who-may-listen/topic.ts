// `npm run lesson 13 -- who-may-listen`: five ways to say who one is, with a good
// secret and with bad ones, and where the secret is found afterwards.

import { randomBytes } from 'node:crypto'

import { colors } from '../../../scripts/cli/colors.ts'
import { Feed } from '../../feed.ts'
import { print, type Topic } from '../topic.ts'
import { buyTicket, type Door, doors, tryDoor } from './doors.ts'
import type { Keeper } from './ticket-office.ts'
import { Tickets } from './tickets.ts'
import { sign } from './token.ts'

const columns = ['good', 'none', 'expired', 'used again', 'in the access log']

export default {
  about: 'cookie, ticket, header, subprotocol, first message, and what leaks',
  async run(signal) {
    print(colors.bold(row('', columns)))
    for (const door of doors) {
      if (signal.aborted) return
      print(row(door.title, await tryAll(door)))
    }
  },
} satisfies Topic

export async function tryAll(door: Door): Promise<string[]> {
  const feed = new Feed()
  let aheadMs = 0
  const keeper: Keeper = {
    key: randomBytes(32).toString('hex'),
    tickets: new Tickets(),
    nowMs: () => Date.now() + aheadMs,
  }
  const newSecret = async () => {
    const claims = { user: 'ada', expiresMs: Date.now() + 3_600_000 }
    const token = sign(claims, keeper.key)
    return door.takes === 'token' ? token : buyTicket(door, keeper, token)
  }
  const secret = await newSecret()
  const good = await tryDoor(door, feed, keeper, secret)
  const none = await tryDoor(door, feed, keeper, undefined)
  const again = await tryDoor(door, feed, keeper, secret)
  const late = await newSecret()
  aheadMs = 3_600_000
  const expired = await tryDoor(door, feed, keeper, late)
  const isLogged = good.log.includes(secret)
  return [
    good.result,
    none.result,
    expired.result,
    again.result,
    isLogged ? 'yes' : 'no',
  ]
}

function row(title: string, cells: readonly string[]): string {
  return `${title.padEnd(20)}${cells.map((cell) => cell.padEnd(14)).join('')}`.trimEnd()
}
