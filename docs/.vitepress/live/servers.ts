// Where the workbook's servers are, and what a page may ask of them.

import { sleep } from '../../../lessons/shared/sleep.ts'
import {
  type Manifest,
  manifestSchema,
  type Pace,
} from '../../../scripts/control/manifest.ts'
import { answerMs, ask, post } from './ask.ts'
import { permission } from './why-not.ts'

/** Where `npm start` has its control server unless it is told otherwise. */
export const usualAddress = 'http://127.0.0.1:8000/'

/** How long a reader may think about what the browser asks them. */
const permissionMs = 120_000

/** The servers of one workbook, and the one that controls them. */
export class Servers {
  readonly manifest: Manifest
  readonly #control: URL

  constructor(manifest: Manifest, control: URL) {
    this.manifest = manifest
    this.#control = control
  }

  /** Ends all connections of one server at once. @throws Error with a sentence */
  async cut(url: string): Promise<void> {
    await this.#post('cut', { url })
  }

  /** How the race feed goes on, for `paceLeaseMs`. @throws Error with a sentence */
  async setPace(pace: Pace): Promise<void> {
    await this.#post('pace', pace)
  }

  /** One message to all lanes of the race. @throws Error with a sentence */
  async publish(data: string): Promise<void> {
    await this.#post('publish', { data })
  }

  async #post(path: string, body: object): Promise<void> {
    await post(new URL(path, this.#control), body)
  }
}

/**
 * Where a page that `npm start` serves asks for the servers beside it.
 *
 * @returns undefined on the published site, which has none
 */
export function besideThisPage(): URL | undefined {
  const meta = document.querySelector('meta[name="workbook-control"]')
  const path = meta?.getAttribute('content')
  return path ? new URL(path, location.href) : undefined
}

/**
 * The servers beside a page.
 *
 * @param address from `besideThisPage`
 * @throws Error with a sentence
 */
export async function serversBeside(address: URL): Promise<Servers> {
  return serversAt(await controlBeside(address))
}

/**
 * The address of the server that controls those beside a page. They start at the
 * same time as the site, and may be a moment late.
 *
 * @param address from `besideThisPage`
 * @throws Error with a sentence
 */
export async function controlBeside(address: URL): Promise<string> {
  for (let tries = 0; tries < 20; tries++) {
    const response = await ask(address)
    if (response.ok) return ((await response.json()) as { url: string }).url
    await sleep(250)
  }
  throw new Error(
    'The servers of the lessons did not start: see what npm start prints.',
  )
}

/**
 * The servers that a reader has started. A page from elsewhere asks only when
 * its reader has told it to: the browser then asks for permission.
 *
 * @param address of the control server
 * @throws Error with a sentence
 */
export async function serversAt(address: string): Promise<Servers> {
  const control = addressOf(address)
  const isAsked = (await permission()) === 'prompt'
  const response = await ask(control, {}, isAsked ? permissionMs : answerMs)
  const manifest = (await response.json().catch(() => undefined)) as
    | Manifest
    | undefined
  if (!response.ok || manifest?.schema !== manifestSchema)
    throw new Error(
      `${control} answers, but it is no control server of the workbook. Look at what npm start printed.`,
    )
  return new Servers(manifest, control)
}

/** This page is about the reader's own machine, and asks no other. */
function addressOf(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined
  const isHere = /^(127(\.\d+){3}|localhost|\[::1\])$/.test(url?.hostname ?? '')
  if (url?.protocol === 'http:' && isHere) return new URL('/', url)
  throw new Error(
    `The address must be one of this machine, such as ${usualAddress}, got "${address}".`,
  )
}
