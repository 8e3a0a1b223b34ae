import { read } from './reader.ts'
import type { Requirement } from './requirement.ts'
import { setUp } from './rig.ts'

/** Texts that a transport's own format could mistake for its parts. */
const texts = [
  '',
  ' a leading space',
  'two\nlines',
  'ends with a line break\n',
  '\n\n',
  'id: 7\n\ndata: no',
  ': a comment?',
  '{"id":"k3f9x2-7","data":"no"}',
  'a tab\t, a backslash \\ and "quotes"',
  'nothing \0 at all',
  // Line ends to JavaScript's /^/m, not to any transport here.
  'U+2028 \u2028 and U+2029 \u2029',
  '\uFEFFa byte order mark',
  '✓ 😀 日本語',
  'x'.repeat(300_000),
  '😀'.repeat(75_000),
]

const lineBreaks = 'CR\rand CRLF\r\n'

export const payload: Requirement = {
  id: 'payload',
  text: 'The transport MUST deliver the data unchanged: empty, line breaks, U+2028, emoji, text that looks like the format, 300 kB.',
  async check(lesson, signal) {
    await using rig = await setUp(lesson, signal)
    for (const text of [...texts, lineBreaks, 'done']) rig.feed.publish(text)
    const reader = read(rig, signal, { after: rig.feed.start })
    const breaks =
      lesson.lineBreaks === 'LF'
        ? lineBreaks.replace(/\r\n?/g, '\n')
        : lineBreaks
    await reader.receives([...texts, breaks, 'done'])
    await reader.leave()
  },
}
