// What a command tells while a lesson runs.
import type { Message } from '../../lessons/feed.ts'
import type { NumberedLesson } from '../../lessons/index.ts'
import type { ConnectionState, Gap } from '../../lessons/lesson.ts'

/** Readable for people, or JSON for scripts. */
export interface Report {
  /** The server can be reached. */
  listening(lesson: NumberedLesson, url: URL): void
  /** A line from the log of the server. */
  log(line: string): void
  /** Something about the feed that the server carries. */
  feed(line: string): void
  /** Something about the client besides what follows. */
  client(line: string): void
  /** The client's connection to the server at `url`. */
  state(state: ConnectionState, url: URL): void
  gap(gap: Gap): void
  message(message: Message): void
}
