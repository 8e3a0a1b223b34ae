import { testExercise } from '../../../scripts/check/test-exercise.ts'

await testExercise('09-websocket-over-http2')
