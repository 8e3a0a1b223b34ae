// A Redis for one run, and what it takes of the processor.

import { createClient } from 'redis'

import { RedisServer } from '../../lessons/12-scaling-out/redis-server.ts'

export class MeteredRedis implements AsyncDisposable {
  readonly #server: RedisServer
  readonly #client: ReturnType<typeof createClient>

  private constructor(server: RedisServer) {
    this.#server = server
    this.#client = createClient({ url: server.url.href })
  }

  /** @throws Error with a sentence when there is none on this machine */
  static async start(): Promise<MeteredRedis> {
    const redis = new MeteredRedis(await RedisServer.start())
    await redis.#client.connect()
    return redis
  }

  get url(): URL {
    return this.#server.url
  }

  /** CPU time so far, user and system. */
  async cpuMs(): Promise<number> {
    const info = await this.#client.info('cpu')
    const seconds = (name: string) =>
      Number(new RegExp(`^used_cpu_${name}:(\\S+)`, 'm').exec(info)?.[1])
    return (seconds('user') + seconds('sys')) * 1_000
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#client.destroy()
    await this.#server.close()
  }
}
