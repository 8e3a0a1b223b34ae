// The control server: tells pages where the workbook's servers are, cuts their
// connections, sets the pace of the race, and runs the checks of exercises. On
// this machine, for its pages.
import type { Server } from 'node:http'
import type { Socket } from 'node:net'

import type { LessonServer, ServeOptions } from '../../lessons/lesson.ts'
import { connectionsOf } from '../../lessons/shared/connections.ts'
import { httpServer } from '../../lessons/shared/http-server.ts'
import { Refusal } from '../../lessons/shared/refusal.ts'
import { answer } from './answer.ts'
import { exerciseRoutes } from './exercise-routes.ts'
import type { Manifest, Pace, Published } from './manifest.ts'
import type { RaceFeed } from './race-feed.ts'
import { paceOf, readBody, textOf } from './read-body.ts'

/** A server whose connections can be cut. */
export interface Cuttable {
  readonly url: URL
  readonly server: Pick<LessonServer, 'on'>
}

/** What the control server speaks for. */
export interface Controlled {
  readonly manifest: Manifest
  readonly race: RaceFeed
  /** Those that have not been connected to yet. */
  readonly servers: readonly Cuttable[]
}

/** The caller makes it listen, and closes it. */
export function controlServer(
  { manifest, race, servers }: Controlled,
  options: Pick<ServeOptions, 'origins' | 'log'> = {},
): Server {
  const connections = new Map<string, ReadonlySet<Socket>>()
  for (const { url, server } of servers)
    connections.set(url.origin, connectionsOf(server))

  return httpServer(undefined, options, {
    ...exerciseRoutes(),

    'GET /'(_, response) {
      answer(response, 200, manifest)
    },

    async 'POST /cut'(request, response) {
      const url = textOf(await readBody(request), 'url')
      const origin = URL.canParse(url) ? new URL(url).origin : ''
      const sockets = connections.get(origin)
      if (sockets === undefined)
        throw new Refusal(
          404,
          `url must be of a server that GET / names, got ${JSON.stringify(url)}.`,
        )
      for (const socket of sockets) socket.destroy()
      response.writeHead(204).end()
    },

    async 'POST /pace'(request, response) {
      race.setPace(paceOf(await readBody(request)))
      answer(response, 200, race.pace satisfies Pace)
    },

    async 'POST /publish'(request, response) {
      const data = textOf(await readBody(request), 'data')
      const { id } = await race.publish(data)
      answer(response, 201, { id } satisfies Published)
    },
  })
}
