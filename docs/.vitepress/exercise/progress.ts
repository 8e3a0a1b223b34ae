// How far the reader is with a lesson, in words.

/** Of its predictions. */
export function describeQuestions(answered: number, of: number): string {
  if (answered === 0) return of === 1 ? '1 question' : `${of} questions`
  return `${answered} of ${of} predicted`
}

/** Of its exercise. */
export function describeSteps(done: number, of: number): string {
  return `${done} of ${of} steps`
}
