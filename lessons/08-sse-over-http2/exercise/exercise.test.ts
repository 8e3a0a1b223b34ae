import { testExercise } from '../../../scripts/check/test-exercise.ts'

await testExercise('08-sse-over-http2')
