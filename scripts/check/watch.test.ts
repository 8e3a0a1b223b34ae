// `npm run check N -- --watch`, driven as its users do: saves and keys in, and
// verdicts out, in their order.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { onWindows, type RunningCommand } from '../cli/running-command.ts'
import { gone } from '../servers/start-testing.ts'
import {
  newReader,
  patienceMs,
  type Reader,
  tellPids,
} from './check-testing.ts'

vi.setConfig({ testTimeout: 180_000 })

const notRead = '// nothing to see here\nexport const serve = undefined\n'

/** The command, and what it says from one call to the next. */
function watch(reader: Reader) {
  const command = reader.check('4', '--watch')
  let seen = 0
  const next = async (pattern: RegExp) => {
    const rest = new RegExp(`^[^]{${seen}}[^]*?(${pattern.source})`, 'm')
    const match = await command.prints(rest, patienceMs)
    const text = match[0].slice(seen)
    seen = match[0].length
    return text
  }
  return {
    command,
    next,
    press: (keys: string) => void command.child.stdin?.write(keys),
    /** The check that fails, as soon as it is told, and all up to the keys. */
    async verdict() {
      const text = await next(/q quit/)
      return /✗ (\S+)/.exec(text)?.[1] ?? 'kept'
    },
  }
}

async function quit(command: RunningCommand, press: (keys: string) => void) {
  press('q')
  expect(await command.ends(patienceMs)).toBe(0)
  expect(command.stderr).toBe('')
}

test('each save has one verdict, and the work at hand comes first', async () => {
  const reader = newReader()
  const shipped = reader.read()
  const pids = tellPids(reader)
  const { command, press, verdict, next } = watch(reader)
  expect(await verdict()).toBe('origin')

  reader.save(notRead)
  await next(/server\.ts was saved/)
  expect(await verdict()).toBe(
    'lessons/04-server-sent-events/exercise/server.ts',
  )

  reader.save(`${shipped}\nconst = 3\n`)
  expect(await next(/q quit/)).toContain('it does not compile')

  reader.saveSolution()
  const kept = await next(/q quit/)
  expect(kept).toContain('6 of 6 steps')
  expect(kept.indexOf('✓ origin')).toBeLessThan(kept.indexOf('✓ resume'))
  expect(kept).toContain('CPU for each delivery')

  reader.edit((text) => text.replace('encodeOnce(encodeEvent)', "() => 'no'"))
  expect(await verdict()).not.toBe('kept')
  expect(command.stdout.match(/was saved/g)).toHaveLength(4)
  await quit(command, press)
  await gone(...pids())
})

test('a save while it checks makes that check void', async () => {
  const reader = newReader()
  const pids = tellPids(reader)
  reader.save('for (;;) {}\n')
  const { command, press, next } = watch(reader)
  await next(/^4 Server-Sent Events/)
  reader.saveSolution()
  const text = await next(/q quit/)
  expect(text).toContain('was saved')
  expect(text).not.toContain('without a pause')
  expect(text).toContain('6 of 6 steps')
  await quit(command, press)
  await gone(...pids())
})

test('its keys do what they say', async () => {
  const reader = newReader()
  const shipped = reader.read()
  reader.edit((text) => text.replace('Set<ServerResponse>', 'Set<any>'))
  const mine = reader.read()
  const { command, press, next, verdict } = watch(reader)
  expect(await verdict()).toBe('origin')

  press('h')
  await next(/^1 of 3 /)
  press('h')
  await next(/^2 of 3 /)
  press('s')
  await next(/^\+ .*the lesson's own/)
  press('l')
  await next(/^ *4 {2}Server-Sent Events .*0 of 6/)
  press('x')
  await next(/h hint .* q quit/)

  press('r')
  await next(/is lost\. \(y\/n\) /)
  press('n')
  await next(/q quit/)
  expect(reader.read()).toBe(mine)
  press('r')
  await next(/is lost\. \(y\/n\) /)
  press('y')
  await next(/was saved/)
  expect(reader.read()).toBe(shipped)
  expect(await verdict()).toBe('origin')
  await quit(command, press)
})

test('an edit of the exercise itself counts as well', async () => {
  const reader = newReader()
  const { command, press, next, verdict } = watch(reader)
  await verdict()
  const index = 'lessons/04-server-sent-events/exercise/index.ts'
  reader.workbook.edit(index, (text) => `${text}\n// Seen again.\n`)
  await next(/index\.ts was saved/)
  expect(await verdict()).toBe('origin')
  await quit(command, press)
})

test.for([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s ends it with %i', async ([name, code], { skip }) => {
  skip(...onWindows('no signals can be sent'))
  const reader = newReader()
  const pids = tellPids(reader)
  const { command, verdict } = watch(reader)
  await verdict()
  command.child.kill(name)
  expect(await command.ends(patienceMs)).toBe(code)
  expect(command.stderr).toBe('')
  await gone(...pids())
})

test('nothing is left when the command itself is killed', async () => {
  const reader = newReader()
  const pids = tellPids(reader)
  const { command, verdict } = watch(reader)
  await verdict()
  // The one that waits is there as soon as it has written its number.
  await vi.waitFor(() => expect(pids().length).toBeGreaterThan(1), {
    timeout: patienceMs,
    interval: 20,
  })
  command.child.kill('SIGKILL')
  await gone(...pids())
})

test('nor when that happens while it runs in circles', async () => {
  const reader = newReader()
  const pids = tellPids(reader)
  const begun = join(reader.workbook.folder, 'begun.txt')
  reader.save(
    `import { writeFileSync } from 'node:fs'\nwriteFileSync(${JSON.stringify(begun)}, '')\nfor (;;) {}\n`,
  )
  const { command } = watch(reader)
  await vi.waitFor(() => expect(existsSync(begun)).toBe(true), {
    timeout: patienceMs,
    interval: 20,
  })
  command.child.kill('SIGKILL')
  await gone(...pids())
})
