import { expect, test } from 'vitest'
import { onWindows, runCommand } from './running-command.ts'

/** A program that does `work` with the signal. */
function program(work: string) {
  const script = `
    import { CommandError } from './scripts/cli/command-error.ts'
    import { runProgram } from './scripts/cli/program.ts'
    await runProgram(async (signal) => { ${work} })`
  return runCommand('--input-type=module', '--eval', script)
}

test('the second Ctrl-C ends what does not end by itself', async ({ skip }) => {
  skip(...onWindows('no signals can be sent'))
  const stuck = program(`
    signal.onabort = () => console.log('ending')
    console.log('running')
    await new Promise(() => setInterval(() => {}, 1000))`)
  await stuck.prints(/running/)
  stuck.child.kill('SIGINT')
  await stuck.prints(/ending/)
  expect(stuck.child.exitCode).toBe(null)
  stuck.child.kill('SIGINT')
  expect(await stuck.ends()).toBe(130)
})

test("a user's mistake is a sentence that no terminal obeys", async () => {
  const command = program(`throw new CommandError('No. \\u001b[2J', 2)`)
  expect(await command.ends()).toBe(2)
  expect(command.stderr).toBe('No. \\u001b[2J\n')
})

test('an error of the program keeps its stack', async () => {
  const command = program(`throw new Error('a bug')`)
  expect(await command.ends()).toBe(1)
  expect(command.stderr).toMatch(/^Error: a bug\n +at /)
})
