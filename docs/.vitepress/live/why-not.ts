// Why a page could not ask a server of this machine. The browser does not tell
// the page that asked; what it tells otherwise is enough for a sentence.

import { loopback } from './loopback.ts'

/** A sentence about a request for `url` that failed, and what to do. */
export async function whyNot({ origin }: URL): Promise<string> {
  const page = location.origin
  if ((await permission()) === 'denied')
    return `Your browser does not let this page reach your machine. Allow it in the browser's settings for ${page}, and connect again.`
  if (await answersAnybody(origin))
    return `A server answers at ${origin}, but no page of ${page}. If it is the workbook's, start it with npm start -- --allow-origin ${page}, and connect again.`
  return `Nothing answers at ${origin}. Start the workbook with npm start, and look at what it prints. Some browsers let no page of the web ask there: then open the site that it prints.`
}

/**
 * What the reader has said to the browser's question whether this page may
 * reach their machine (Local Network Access); undefined where none is asked.
 */
export async function permission(): Promise<PermissionState | undefined> {
  try {
    const name = 'local-network-access' as PermissionName
    return (await navigator.permissions.query({ name })).state
  } catch {
    // This browser has no such permission, and asks nothing.
    return undefined
  }
}

/** Tells the page nothing but that something is there. */
async function answersAnybody(origin: string): Promise<boolean> {
  try {
    await fetch(origin, loopback({ mode: 'no-cors' }, 1_000))
    return true
  } catch {
    return false
  }
}
