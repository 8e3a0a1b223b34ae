// Which percentiles get a name. Runs in Node and browsers.

/** The percentiles that get a name, and the samples that each takes. */
export const namedPercentiles = [
  { oneIn: 2, label: 'p50', samples: 1 },
  { oneIn: 10, label: 'p90', samples: 100 },
  { oneIn: 100, label: 'p99', samples: 1_000 },
  { oneIn: 1_000, label: 'p99.9', samples: 10_000 },
  { oneIn: 10_000, label: 'p99.99', samples: 100_000 },
] as const
