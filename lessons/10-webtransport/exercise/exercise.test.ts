import { testExercise } from '../../../scripts/check/test-exercise.ts'

await testExercise('10-webtransport')
