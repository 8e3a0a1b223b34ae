import { testExercise } from '../../../scripts/check/test-exercise.ts'

await testExercise('04-server-sent-events')
