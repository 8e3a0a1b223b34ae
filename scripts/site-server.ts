// Serves the site while it is written: a process of `npm start`, which tells it
// where the control server is, and is told where the site is.
import { parseArgs } from 'node:util'
import { controlVariable } from '../docs/.vitepress/plugins/control.ts'
import { serveSite } from './site/serve.ts'

const { port = '5170' } = parseArgs({
  options: { port: { type: 'string' } },
}).values

process.on('message', ({ control }: { control?: string }) => {
  if (control !== undefined) process.env[controlVariable] = control
})
// Without a parent there is nobody left to serve.
process.on('disconnect', () => process.exit())
// It may have gone while the imports above were loading.
if (process.connected === false) process.exit()

try {
  const { url } = await serveSite(Number(port))
  if (process.send) process.send({ site: url.href })
  else console.log(url.href)
} catch (error) {
  if (!process.send) throw error
  process.send({ error: (error as Error).message })
  process.exitCode = 1
  process.disconnect()
}
