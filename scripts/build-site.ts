// `npm run docs:build`: the static site, in dist-site/.
import { requireNode } from './node-version.ts'

requireNode()
const { buildSite } = await import('./site/build.ts')
await buildSite()
