// The order in which a reader wants the answers: speed first, then costs, then
// trouble.

const order = [
  'push-latency',
  'fan-out',
  'throughput',
  'echo',
  'connect',
  'memory',
  'idle-cost',
  'wire',
  'resume',
  'slow-consumer',
  'link',
  'scale-out',
  'page-load',
  'head-of-line',
]

/** Its place in the order; a new one comes last. */
export function rankOf(id: string): number {
  return order.includes(id) ? order.indexOf(id) : order.length
}
