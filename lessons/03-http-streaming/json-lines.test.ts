import { describe, expect, test } from 'vitest'

import { chunked, collect, everyCut } from '../testing.ts'
import { decodeLines, emptyLine, encodeLine } from './json-lines.ts'

const vectors: [name: string, stream: string, values: unknown[]][] = [
  ['nothing', '\n', []],
  [
    'one value a line',
    '{"id":"k3f9x2-1"}\n[1, 2]\n"a"\n',
    [{ id: 'k3f9x2-1' }, [1, 2], 'a'],
  ],
  ['values that are false', 'null\nfalse\n0\n""\n', [null, false, 0, '']],
  ['empty lines are skipped', '\n\n1\n\n \n\t\n\r\n2\n\n', [1, 2]],
  ['CRLF ends a line too', '1\r\n2\r\n', [1, 2]],
  ['a last line without its end is dropped', '1\n2', [1]],
  ['a last line that is cut off is dropped', '1\n{"id":"k3f', [1]],
  ['a byte order mark at the start is skipped', '\uFEFF1\n2\n', [1, 2]],
  ['U+2028 ends no line', '"a\u2028\u2029b"\n', ['a\u2028\u2029b']],
  ['a line break in a string is escaped', '"a\\nb"\n', ['a\nb']],
  ['characters of two, three and four bytes', '"ü€😀"\n1\n', ['ü€😀', 1]],
]

describe('in a stream, however it is cut:', () => {
  test.each(vectors)('%s', async (_, stream, values) => {
    for (const chunks of everyCut(Buffer.from(stream)))
      expect(await collect(decodeLines(chunks))).toEqual(values)
  })

  test('a line that is not JSON is an error, after the lines before it', async () => {
    for (const chunks of everyCut(Buffer.from('1\n<html>\n2\n'))) {
      const lines = decodeLines(chunks)
      expect(await lines.next()).toEqual({ value: 1, done: false })
      await expect(lines.next()).rejects.toThrow(SyntaxError)
    }
  })
})

test('a line is handed out when its end is here, not a byte later', async () => {
  async function* source() {
    yield Buffer.from('1\n')
    await new Promise(() => {})
  }
  expect((await decodeLines(source()).next()).value).toBe(1)
})

describe('the encoder', () => {
  test('writes these bytes', () => {
    expect(encodeLine({ id: 'k3f9x2-1', data: 'a\n"b"' })).toBe(
      '{"id":"k3f9x2-1","data":"a\\n\\"b\\""}\n',
    )
    expect(emptyLine).toBe('\n')
  })

  test.each(['', '\n', '\r\n', 'a\n{"id":"no"}\n', '\u2028', '\0', 'ü€😀'])(
    'writes %j so that it is read as it was',
    async (data) => {
      const bytes = Buffer.from(
        encodeLine({ data }) + emptyLine + encodeLine('the next'),
      )
      for (const chunks of everyCut(bytes))
        expect(await collect(decodeLines(chunks))).toEqual([
          { data },
          'the next',
        ])
    },
  )

  // A decoder that copies the line at each chunk would copy 45 GB here.
  test('is read back with 300 kB in one line, byte for byte', async () => {
    const data = '😀'.repeat(75_000)
    const bytes = Buffer.from(encodeLine({ data }))
    const [line] = await collect(decodeLines(chunked(bytes, 1)))
    expect((line as { data: string }).data === data).toBe(true)
  })
})
