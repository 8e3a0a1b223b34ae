// Finds the Chromium, Chrome or Edge of this machine, and starts it.
import { createHash, X509Certificate } from 'node:crypto'
import { createRequire } from 'node:module'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { findProgram, isProgram } from '../lessons/shared/find-program.ts'

const commands = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
]
const macApps = [
  'Google Chrome.app/Contents/MacOS/Google Chrome',
  'Chromium.app/Contents/MacOS/Chromium',
  'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
]
const windowsApps = [
  'Google/Chrome/Application/chrome.exe',
  'Chromium/Application/chrome.exe',
  'Microsoft/Edge/Application/msedge.exe',
]

/**
 * What is turned off. The first two load a page of Chromium's own, for the
 * suggestions below the address, into each window, and cost more than most
 * pages of ours. The rest is what Playwright 1.65 turns off: Chromium heeds only
 * the last list that it is given.
 */
const disabledFeatures = [
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'TcpPortRandomizationWin',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
  'msForceBrowserSignIn',
  'msEdgeUpdateLaunchServicesPreferredVersion',
]

/** The path of the browser that `CHROMIUM` names, or else of any there is. */
export function findChromium(env = process.env): string | undefined {
  if (env.CHROMIUM) {
    const path = findProgram(env.CHROMIUM, env) ?? env.CHROMIUM
    if (isProgram(path)) return path
    throw new Error(
      `CHROMIUM must name a Chromium, Chrome or Edge, got "${env.CHROMIUM}", ` +
        'where there is no program: correct it, or unset it to have one found.',
    )
  }
  for (const command of commands) {
    const path = findProgram(command, env)
    if (path) return path
  }
  return [...appPaths(env), playwrightPath()].find(isProgram)
}

/** Says how to get a browser on this kind of system. */
export function howToInstall(platform: string = process.platform): string {
  const how: Record<string, string> = {
    darwin: 'run "brew install --cask google-chrome"',
    linux:
      'install the package chromium (Debian, Fedora, Arch), the snap ' +
      'chromium (Ubuntu) or Google Chrome',
    win32: 'run "winget install Google.Chrome"',
  }
  return (
    'No Chromium, Chrome or Edge was found: ' +
    `${how[platform] ?? 'install one'}, or set CHROMIUM to the path of one.`
  )
}

/** Starts a headless browser for pages that this machine serves. */
export async function launchChromium({
  args = [],
}: {
  readonly args?: readonly string[]
} = {}): Promise<Browser> {
  const executablePath = findChromium()
  if (!executablePath) throw new Error(howToInstall())
  return loadPlaywright().chromium.launch({
    executablePath,
    headless: true,
    // Chromium refuses to start with its sandbox as root.
    chromiumSandbox: process.getuid?.() !== 0,
    // Playwright sets some of these too. They are named here since a browser
    // that calls home fails on a closed network and disturbs what is measured.
    args: [
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-quic',
      `--disable-features=${disabledFeatures}`,
      ...args,
    ],
  })
}

/**
 * Chromium's argument that makes it trust one certificate (PEM), and no other.
 * The flag that ignores all errors also keeps Chromium from caching, and so
 * changes what is seen.
 */
export function trusting({ cert }: { readonly cert: string }): string {
  const { publicKey } = new X509Certificate(cert)
  const key = publicKey.export({ type: 'spki', format: 'der' })
  const hash = createHash('sha256').update(key).digest('base64')
  return `--ignore-certificate-errors-spki-list=${hash}`
}

function appPaths(env: NodeJS.ProcessEnv): string[] {
  const inEach = (folders: (string | undefined)[], apps: string[]) =>
    folders.flatMap((folder) =>
      folder ? apps.map((app) => join(folder, app)) : [],
    )
  switch (process.platform) {
    case 'darwin':
      return inEach(['/Applications', join(homedir(), 'Applications')], macApps)
    case 'win32':
      return inEach(
        [env.ProgramFiles, env['ProgramFiles(x86)'], env.LOCALAPPDATA],
        windowsApps,
      )
    default:
      return []
  }
}

function loadPlaywright(): typeof import('playwright-core') {
  // Not at the top: Playwright ends the process as soon as it is loaded on an
  // old Node, before our own sentence about that.
  return createRequire(import.meta.url)('playwright-core')
}

function playwrightPath(): string | undefined {
  try {
    return loadPlaywright().chromium.executablePath()
  } catch {
    // Playwright has no browser for this platform: one place less to look.
    return undefined
  }
}
