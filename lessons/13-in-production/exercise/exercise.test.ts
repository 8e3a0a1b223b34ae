import { testExercise } from '../../../scripts/check/test-exercise.ts'

await testExercise('13-in-production')
