// All servers of the workbook but the site: the lessons, the lessons once more
// for the race, and the control server.
import { readMachine } from '../../bench/machine/environment.ts'
import { loadLessons } from '../../lessons/index.ts'
import { listen } from '../../lessons/start.ts'
import { defaultPort, defaultRacePort } from '../cli/default-port.ts'
import { feedSource } from '../cli/feeds.ts'
import {
  orExplained,
  type RunningLesson,
  startLessons,
} from '../cli/start-lessons.ts'
import { type Controlled, controlServer } from '../control/control-server.ts'
import { type Manifest, manifestSchema } from '../control/manifest.ts'
import { RaceFeed } from '../control/race-feed.ts'
import type { ServersReady, ServersSettings } from './messages.ts'

/** The site's pages are of this machine, and so is all that only they use. */
const loopback = '127.0.0.1'

export interface OpenServers extends ServersReady {
  /** Ends all subscriptions; resolves when all is closed. */
  close(): Promise<void>
}

/**
 * @param log takes who has something to tell, and what
 * @throws CommandError when one of them cannot listen
 */
export async function openServers(
  settings: ServersSettings,
  log: (who: string, line: string) => void,
): Promise<OpenServers> {
  const { host, origins, portsFrom, before } = settings
  const end = new AbortController()
  const lessons = await loadLessons()
  const feed = await feedSource(settings.feed).open(end.signal, (line) =>
    log('feed', line),
  )
  const race = new RaceFeed(end.signal)
  const portBefore = (folder: string, which: 'url' | 'raceUrl') =>
    portOf(
      before?.manifest.lessons.find((one) => one.folder === folder)?.[which],
    )

  const [own, racing] = await Promise.all([
    startLessons(lessons, {
      feed,
      host,
      port: (lesson) =>
        portBefore(lesson.folder, 'url') ?? defaultPort(lesson, portsFrom),
      origins,
      log: ({ number }, line) => log(`lesson ${number}`, line),
    }),
    startLessons(lessons, {
      feed: race.feed,
      host: loopback,
      port: (lesson) =>
        portBefore(lesson.folder, 'raceUrl') ??
        defaultRacePort(lesson, portsFrom),
      origins,
      log: ({ number }, line) => log(`race ${number}`, line),
    }),
  ])
  const servers = [...own, ...racing].map(({ server }) => server)
  const manifest = manifestOf(own, racing)
  const control = await openControl(
    { manifest, race, servers },
    portOf(before?.control) ?? portsFrom,
    origins,
    (line) => log('control', line),
  )
  return {
    control: control.url.href,
    manifest,
    async close() {
      end.abort()
      await Promise.all([...servers, control].map((one) => one.close()))
    },
  }
}

function openControl(
  controlled: Controlled,
  port: number,
  origins: readonly string[],
  log: (line: string) => void,
) {
  const server = controlServer(controlled, { origins, log })
  const listening = listen(server, port, loopback)
  return orExplained(listening, port, 'the control server')
}

function manifestOf(
  own: readonly RunningLesson[],
  racing: readonly RunningLesson[],
): Manifest {
  return {
    schema: manifestSchema,
    machine: readMachine(),
    lessons: own.map(({ lesson, server }, index) => ({
      number: lesson.number,
      folder: lesson.folder,
      title: lesson.title,
      secure: lesson.secure ?? false,
      url: server.url.href,
      raceUrl: racing[index]?.server.url.href ?? '',
    })),
  }
}

function portOf(url: string | undefined): number | undefined {
  return url === undefined ? undefined : Number(new URL(url).port)
}
