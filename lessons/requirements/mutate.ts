// What a well-behaved client says, and then not quite.

type Random = () => number

/** Changes bytes, takes some out, puts some in, cuts off, or says something twice. */
export function mutate(said: Uint8Array, random: Random): Buffer {
  let bytes: Buffer = Buffer.from(said)
  const times = 1 + Math.floor(random() * 3)
  for (let n = 0; n < times; n++) {
    const at = Math.floor(random() * bytes.length)
    const length = Math.floor(random() * 20)
    const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)]
    const noise = Buffer.from(
      Array.from({ length }, () => Math.floor(random() * 256)),
    )
    const ways = [
      () => Buffer.concat([before, noise, after.subarray(length)]),
      () => Buffer.concat([before, after.subarray(length)]),
      () => Buffer.concat([before, noise, after]),
      () => Buffer.from(before),
      () => Buffer.concat([before, after.subarray(0, length), after]),
    ]
    bytes = (ways[Math.floor(random() * ways.length)] as () => Buffer)()
  }
  return bytes
}
