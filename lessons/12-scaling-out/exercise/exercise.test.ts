import { testExercise } from '../../../scripts/check/test-exercise.ts'

await testExercise('12-scaling-out')
