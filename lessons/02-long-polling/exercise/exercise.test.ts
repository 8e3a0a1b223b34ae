import { testExercise } from '../../../scripts/check/test-exercise.ts'

await testExercise('02-long-polling')
