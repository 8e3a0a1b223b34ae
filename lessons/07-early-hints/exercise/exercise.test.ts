import { testExercise } from '../../../scripts/check/test-exercise.ts'

await testExercise('07-early-hints')
