// What the control server is asked for, and a sentence for what it is not.
import type { IncomingMessage } from 'node:http'

import { readText } from '../../lessons/shared/read-text.ts'
import { Refusal } from '../../lessons/shared/refusal.ts'
import { type Pace, paceBounds } from './manifest.ts'

const maxBytes = 64 * 1024

type Body = Readonly<Record<string, unknown>>

/** @throws Refusal (400, 413) when the body is no JSON object */
export async function readBody(request: IncomingMessage): Promise<Body> {
  const text = await readText(request, maxBytes)
  const body = parsed(text)
  if (typeof body === 'object' && body !== null && !Array.isArray(body))
    return body as Body
  throw new Refusal(400, `The body must be a JSON object, got ${shown(text)}.`)
}

/** @throws Refusal (400) when `name` is no string */
export function textOf(body: Body, name: string): string {
  const value = body[name]
  if (typeof value === 'string') return value
  throw new Refusal(400, `${name} must be a string, got ${shown(value)}.`)
}

/** @throws Refusal (400) when it is out of bounds */
export function paceOf(body: Body): Pace {
  const ratePerS = numberOf(body, 'ratePerS')
  const bytes = numberOf(body, 'bytes')
  if (Number.isInteger(bytes)) return { ratePerS, bytes }
  throw new Refusal(400, `bytes must be a whole number, got ${bytes}.`)
}

function numberOf(body: Body, name: keyof Pace): number {
  const value = body[name]
  const [least, most] = paceBounds[name]
  if (typeof value === 'number' && value >= least && value <= most) return value
  throw new Refusal(
    400,
    `${name} must be a number from ${least} to ${most}, got ${shown(value)}.`,
  )
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // It is refused, with the text itself.
  }
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > 100 ? `${text.slice(0, 100)}…` : text
}
