// `npm run bench -- env`: what every result says about this machine.

import { whyNoPrivateNetwork } from '../link/namespace.ts'
import { readEnvironment } from '../machine/environment.ts'
import { measureClock } from '../machine/measure-clock.ts'
import type { AddCommand } from './add-command.ts'
import { readNoise } from './noise.ts'

export const envCommand: AddCommand = (program, choose) => {
  program
    .command('env')
    .description('the facts about this machine that go into each result')
    .action(() =>
      choose(async (signal) => {
        const environment = {
          ...(await readEnvironment()),
          clockOffsetUs: await measureClock(signal),
          noisePercent: await readNoise(),
        }
        console.log(JSON.stringify(environment, undefined, 2))
        const why = await whyNoPrivateNetwork()
        // Not among the facts: it changes no figure, only what can be asked for.
        process.stderr.write(
          `${why ?? 'Real packet loss is possible here: --link loss=1,by=nft'}\n`,
        )
      }),
    )
}
