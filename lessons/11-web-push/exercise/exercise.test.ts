import { testExercise } from '../../../scripts/check/test-exercise.ts'

await testExercise('11-web-push')
