// What a page can find out about its own hints: the browser tells it in timings,
// and nowhere else. Runs in browsers.

/** What is used of a PerformanceNavigationTiming, in milliseconds since the navigation began. */
export interface PageTiming {
  /** When the 103 was here; 0 or absent if none came. */
  readonly firstInterimResponseStart?: number
  /** When the final answer was. `responseStart` is that of the 103 by now. */
  readonly finalResponseHeadersStart?: number
}

/** What is used of a PerformanceResourceTiming. */
export interface ResourceTiming {
  readonly initiatorType: string
  /** 0 for what came out of a cache, and that is where a preload waits. */
  readonly transferSize: number
}

/** What this page knows, in words. */
export function howItLoaded(path = '/style.css'): string {
  const { href } = new URL(path, location.href)
  const [page] = performance.getEntriesByType('navigation')
  const [style] = performance.getEntriesByName(href, 'resource')
  return describeLoad(
    page as unknown as PageTiming | undefined,
    style as unknown as ResourceTiming | undefined,
  )
}

export function describeLoad(
  page: PageTiming | undefined,
  style: ResourceTiming | undefined,
): string {
  if (page === undefined || style === undefined)
    return 'This browser keeps no timings of the page and its style sheet.'
  const hintMs = Math.round(page.firstInterimResponseStart ?? 0)
  const finalMs = Math.round(page.finalResponseHeadersStart ?? 0)
  const came =
    hintMs === 0
      ? 'No 103 came, or this browser does not tell.'
      : `A 103 came after ${hintMs} ms, the final answer after ${finalMs} ms.`
  return `${came} The style sheet ${origin(style)}`
}

function origin({ initiatorType, transferSize }: ResourceTiming): string {
  const type = `(initiatorType: ${initiatorType})`
  if (initiatorType === 'early-hints')
    return `was asked for because of the hint ${type}.`
  if (transferSize === 0) return `was in the cache already ${type}.`
  return `was asked for when the page was here ${type}.`
}
