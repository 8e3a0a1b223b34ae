// Early Hints in the browser: it takes a hint by itself, for a navigation, and
// tells the page only in its timings. `fetch` shows no 103. So the server says
// on an open answer where each message is, as it does without push.

export { subscribe } from '../06-http2-server-push/browser.ts'
export { howItLoaded } from './how-it-loaded.ts'
