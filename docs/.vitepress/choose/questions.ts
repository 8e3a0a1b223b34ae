// What decides between transports, as questions with answers to choose from.

export interface Question {
  readonly id: string
  readonly text: string
  /** The first one is what most people mean: it is taken until another is chosen. */
  readonly answers: readonly [Answer, ...Answer[]]
}

export interface Answer {
  /** Stands in addresses, which people share: it must not change. */
  readonly id: string
  readonly text: string
}

export const questions = [
  {
    id: 'direction',
    text: 'Who has something to say?',
    answers: [
      { id: 'server', text: 'Only the server' },
      { id: 'seldom', text: 'The server, and the client now and then' },
      { id: 'both', text: 'Both, often' },
    ],
  },
  {
    id: 'receiver',
    text: 'Who receives?',
    answers: [
      { id: 'text', text: 'A page, text' },
      { id: 'binary', text: 'A page, bytes that are no text' },
      { id: 'program', text: 'A program of yours, no browser' },
    ],
  },
  {
    id: 'delay',
    text: 'How late may a message be?',
    answers: [
      { id: 'moment', text: 'Not so that people notice' },
      { id: 'seconds', text: 'A few seconds' },
      { id: 'more', text: 'Ten seconds or more' },
    ],
  },
  {
    id: 'rate',
    text: 'How many messages does one subscriber get?',
    answers: [
      { id: 'some', text: 'Between one a minute and a few a second' },
      { id: 'rare', text: 'Fewer than one a minute' },
      { id: 'many', text: 'Many a second' },
    ],
  },
  {
    id: 'path',
    text: 'What stands between?',
    answers: [
      { id: 'own', text: 'Nothing, or proxies that you configure' },
      { id: 'unknown', text: 'Proxies that you do not know' },
      { id: 'short', text: 'A platform that ends requests after seconds' },
    ],
  },
  {
    id: 'tabs',
    text: 'Do people open your page in many tabs?',
    answers: [
      { id: 'few', text: 'No' },
      { id: 'http1', text: 'Yes, and the server speaks HTTP/1.1 only' },
      { id: 'http2', text: 'Yes, and the server speaks HTTP/2' },
    ],
  },
  {
    id: 'closed',
    text: 'Must a message reach people whose page is closed?',
    answers: [
      { id: 'no', text: 'No' },
      { id: 'yes', text: 'Yes' },
    ],
  },
] as const satisfies readonly Question[]

type Questions = (typeof questions)[number]

export type QuestionId = Questions['id']

/** The ids of all answers to one question. */
export type AnswerTo<Id extends QuestionId> = Extract<
  Questions,
  { id: Id }
>['answers'][number]['id']

/** One answer to each question. */
export type Answers = { readonly [Id in QuestionId]: AnswerTo<Id> }

/** What is taken until something else is chosen. */
export const usual = Object.fromEntries(
  questions.map(({ id, answers }) => [id, answers[0].id]),
) as Answers

/**
 * The answers in an address such as `?direction=both`. What it does not say, or
 * says in words that are no answer, is as usual.
 */
export function readAnswers(query: string): Answers {
  const asked = new URLSearchParams(query)
  const given = questions.flatMap(({ id, answers }) => {
    const known = answers.find((answer) => answer.id === asked.get(id))
    return known ? [[id, known.id]] : []
  })
  return { ...usual, ...Object.fromEntries(given) }
}

/**
 * The query that says these answers: empty when all are as usual.
 *
 * @param query what the address says already: other names in it stay
 */
export function writeAnswers(answers: Answers, query = ''): string {
  const written = new URLSearchParams(query)
  for (const { id } of questions) {
    if (answers[id] === usual[id]) written.delete(id)
    else written.set(id, answers[id])
  }
  const text = written.toString()
  return text && `?${text}`
}
