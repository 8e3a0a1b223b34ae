import { testExercise } from '../../../scripts/check/test-exercise.ts'

await testExercise('01-short-polling')
