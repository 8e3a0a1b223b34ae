import { testExercise } from '../../../scripts/check/test-exercise.ts'

await testExercise('03-http-streaming')
