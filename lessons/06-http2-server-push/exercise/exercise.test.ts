import { testExercise } from '../../../scripts/check/test-exercise.ts'

await testExercise('06-http2-server-push')
