// What is seen of one check besides its outcome, for the report.
import type { Feed } from '../../lessons/feed.ts'
import type { Lesson, LessonServer } from '../../lessons/lesson.ts'
import { recordWire, WireRecording } from '../../lessons/requirements/wire.ts'
import type { Failure } from './messages.ts'
import { placesIn } from './places.ts'
import { storyOf } from './story.ts'
import { transcript } from './transcript.ts'

export class Observation {
  /** Whether every server that was made has listened. */
  listened = true
  readonly #folder: URL
  readonly #recording = new WireRecording()
  readonly #feeds: Feed[] = []

  /** @param folder where the reader's files are */
  constructor(folder: URL) {
    this.#folder = folder
  }

  /** Runs a check, and sees its wire. */
  watch<Result>(check: () => Result): Result {
    return recordWire(this.#recording, check)
  }

  /** Called with each server, and the feed that it carries. */
  serves(server: ReturnType<Lesson['serve']>, feed: Feed): LessonServer {
    if (typeof Object(server).listen !== 'function')
      throw new TypeError(`serve must return a server, got ${server}.`)
    this.#feeds.push(feed)
    this.listened = false
    server.once('listening', () => {
      this.listened = true
    })
    return server
  }

  /** A failure, with all that was seen of it. */
  failure(how: Failure['how'], says: string, error?: unknown): Failure {
    return {
      how,
      says: /[.!?]$/.test(says) ? says : `${says}.`,
      stack: placesIn(error, this.#folder),
      story: storyOf(this.#recording, this.#feeds, how === 'late'),
      wire: transcript(this.#recording),
    }
  }
}
