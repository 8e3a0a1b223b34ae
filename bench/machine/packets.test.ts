import { expect, test } from 'vitest'

import { countPackets } from './packets.ts'

/** What `ss -tinH` of iproute2 said of two connections, without the rest. */
const captured = `
2      0      127.0.0.1:39417 127.0.0.1:50662
	 bbr wscale:10,10 rto:212 rtt:9.011/1.598 ato:40 mss:32768 cwnd:18
 bytes_sent:38 bytes_acked:38 bytes_received:40 segs_out:20 segs_in:23
 data_segs_out:19 data_segs_in:20 lastsnd:20 lastrcv:12 lastack:12
0      0      127.0.0.1:39417 127.0.0.1:50646
	 bbr wscale:10,10 rto:204 rtt:0.023/0.012 ato:40 mss:32768 cwnd:11
 bytes_sent:1 bytes_acked:1 bytes_received:1 segs_out:2 segs_in:4
 data_segs_out:1 data_segs_in:1 lastsnd:212 lastrcv:212 lastack:212
`

test('packets of all connections add up, with or without data', () => {
  expect(countPackets(captured)).toEqual({ in: 23 + 4, out: 20 + 2 })
})

test('a connection that has sent nothing yet has no count of it', () => {
  const quiet = '\t cubic rto:1000 mss:32768 cwnd:10 segs_in:2 lastsnd:8'
  expect(countPackets(quiet)).toEqual({ in: 2, out: 0 })
})

test('no connections are no packets', () => {
  expect(countPackets('')).toEqual({ in: 0, out: 0 })
})
