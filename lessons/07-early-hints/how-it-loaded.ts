// What a page can find out about its own hints. Runs in browsers.

export function howItLoaded(): string { return JSON.stringify([performance.getEntriesByType('navigation'), performance.getEntriesByType('resource')]) }
