// The processes of `npm start`: when they start again, and that none is left.
import { describe, expect, test } from 'vitest'
import { loadLessons } from '../../lessons/index.ts'
import { onWindows } from '../cli/running-command.ts'
import {
  addressOf,
  all,
  gone,
  isRunning,
  manifestAt,
  pidOf,
  siteOf,
  startLessons,
  tellingPid,
} from './start-testing.ts'
import { copyWorkbook } from './workbook-copy.ts'

const server = 'lessons/04-server-sent-events/server.ts'

describe('an edit of a lesson', () => {
  test('starts the servers again, where they were', async () => {
    const workbook = copyWorkbook()
    const command = workbook.start()
    const { control } = await siteOf(command)
    await command.prints(all)
    const before = await manifestAt(control)

    const index = 'lessons/04-server-sent-events/index.ts'
    workbook.edit(index, (text) =>
      text.replace(/title: '.*'/, "title: 'Another title'"),
    )
    await command.prints(
      /^lessons {2}started again: lessons.04-server-sent-events.index\.ts was edited$/m,
    )
    const now = await manifestAt(control)
    expect(now.lessons).toEqual(
      before.lessons.map((lesson) => ({
        ...lesson,
        title: lesson.number === 4 ? 'Another title' : lesson.title,
      })),
    )
    await command.prints(/^ *4 {2}Another title /m)
    expect(command.stderr).toBe('')
  })

  test('that does not compile is told, and the next one helps', async () => {
    const workbook = copyWorkbook()
    const command = workbook.start('--no-site')
    await command.prints(all)
    workbook.edit(server, (text) => `${text}\nconst = 3\n`)
    await command.prints(
      /^lessons {2}The lessons have ended: lessons.04-server-sent-events.server\.ts:\d+:\d+: .*\. They start again at the next edit\.$/m,
    )
    workbook.edit(server, (text) => text.replace('\nconst = 3\n', ''))
    await command.prints(/^lessons {2}started again: /m)
    expect(command.stderr).toBe('')
  })

  test('that crashes later is told, and leaves nothing running', async () => {
    const workbook = copyWorkbook()
    const command = workbook.start('--no-site')
    await command.prints(all)
    const crash = `
      setTimeout(() => {
        console.log('pid', process.pid)
        throw new TypeError('a mistake')
      }, 10)`
    workbook.edit(server, (text) => text + crash)
    await command.prints(
      /^lessons {2}The lessons have ended: TypeError: a mistake \(lessons.04-server-sent-events.server\.ts:\d+:\d+\)\. They start again/m,
    )
    await gone(await pidOf(command))
    expect(command.child.exitCode).toBe(null)
    expect(command.stderr).toBe('')
  })
})

describe('the end', () => {
  /** The command with the site, and the numbers of its processes. */
  async function started() {
    const workbook = copyWorkbook()
    workbook.edit('lessons/index.ts', tellingPid)
    const command = workbook.start()
    await command.prints(all)
    const { pid: site } = await siteOf(command)
    return { command, site, lessons: await pidOf(command) }
  }

  test.for([
    ['SIGHUP', 129],
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s ends all with %i', async ([name, code], { skip }) => {
    skip(...onWindows('no signals can be sent'))
    const { command, site, lessons } = await started()
    command.child.kill(name)
    expect(await command.ends()).toBe(code)
    expect([site, lessons].filter(isRunning)).toEqual([])
    expect(command.stderr).toBe('')
  })

  test.for(['site', 'lessons'] as const)(
    'who ends the process of the %s ends all, and it is told',
    async (which, { skip }) => {
      skip(...onWindows('a killed process has ended with code 1'))
      const { command, ...pids } = await started()
      process.kill(pids[which], 'SIGKILL')
      expect(await command.ends()).toBe(1)
      expect(Object.values(pids).filter(isRunning)).toEqual([])
      expect(command.stderr).toBe(
        `The process of the ${which} was ended by SIGKILL.\n`,
      )
    },
  )

  test('nothing is left when the command itself is killed', async () => {
    const { command, site, lessons } = await started()
    command.child.kill('SIGKILL')
    await gone(site, lessons)
  })

  test('a reader who leaves ends it quietly', async () => {
    const command = startLessons('--feed', 'stdin').input('a\n')
    await command.prints(all)
    const [lesson] = await loadLessons()
    if (lesson === undefined) throw new Error('There is no lesson.')
    const url = await addressOf(command, lesson)
    command.child.stdout?.destroy()
    // Somebody subscribes, and the feed has something to tell.
    await fetch(new URL('/messages', url))
    expect(await command.ends()).toBe(0)
    expect(command.stderr).toBe('')
  })
})
