// Lessons that are planned, by number. One that has a folder is linked instead.

export const coming: Readonly<Record<number, string>> = {
  7: 'Early Hints',
  8: 'Server-Sent Events over HTTP/2',
  9: 'WebSocket over HTTP/2',
  10: 'WebTransport',
  11: 'Web Push',
  12: 'Scaling out',
  13: 'In production',
}
