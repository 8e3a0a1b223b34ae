import { webcrypto, X509Certificate } from 'node:crypto'
import {
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, createSecureContext, createServer } from 'node:tls'
import { pathToFileURL } from 'node:url'

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'

import { localCertificate, makeCertificate } from './certificate.ts'
import type { Certificate } from './lesson.ts'
import { event } from './testing.ts'

const dayMs = 86_400_000

let root: string
let dir: URL

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'certificate-test-'))
  dir = pathToFileURL(join(root, 'kept/'))
})
afterEach(() => rm(root, { recursive: true }))

const file = () => new URL('local.json', dir)

/** The key belongs to the certificate: TLS takes them as a pair, or throws. */
function isPair({ cert, key }: Certificate): void {
  createSecureContext({ cert, key })
}

describe('a new certificate', () => {
  test('names this machine, and nobody else', async () => {
    const { cert } = await makeCertificate()
    const certificate = new X509Certificate(cert)
    expect(certificate.subjectAltName?.split(', ')).toEqual([
      'DNS:localhost',
      'IP Address:127.0.0.1',
      'IP Address:0:0:0:0:0:0:0:1',
    ])
    expect(certificate.ca).toBe(false)
  })

  test('has a key on the curve P-256, which is its own', async () => {
    const made = await makeCertificate()
    const { publicKey } = new X509Certificate(made.cert)
    expect(publicKey.asymmetricKeyType).toBe('ec')
    expect(publicKey.asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' })
    isPair(made)
  })

  test('is valid from now on, for 13 days', async () => {
    const now = Date.parse('2025-11-22T10:00:00Z')
    const { cert } = await makeCertificate(now)
    const { validFrom, validTo } = new X509Certificate(cert)
    expect(Date.parse(validFrom)).toBe(now)
    expect(Date.parse(validTo) - now).toBe(13 * dayMs)
  })

  test('is one that clients can verify', async () => {
    const certificate = await makeCertificate()
    const server = createServer(certificate, (socket) => socket.end())
    server.listen(0, '127.0.0.1')
    await event(server, 'listening')
    const { port } = server.address() as { port: number }
    for (const servername of ['localhost', undefined]) {
      const ca = certificate.cert
      const socket = connect({ host: '127.0.0.1', port, ca, servername })
      await event(socket, 'secureConnect')
      expect(socket.authorized).toBe(true)
      socket.destroy()
    }
    server.close()
  })

  test('is another one each time', async () => {
    const [one, two] = [await makeCertificate(), await makeCertificate()]
    const serial = ({ cert }: Certificate) =>
      new X509Certificate(cert).serialNumber
    expect(serial(one)).not.toBe(serial(two))
    expect(one.key).not.toBe(two.key)
  })
})

describe('the certificate of a checkout', () => {
  test('is made on first use, and kept for the next', async () => {
    const first = await localCertificate(dir)
    isPair(first)
    expect(JSON.parse(await readFile(file(), 'utf8'))).toEqual(first)
    expect(await localCertificate(dir)).toEqual(first)
    expect(await readdir(dir)).toEqual(['local.json'])
  })

  test.skipIf(process.platform === 'win32')(
    'is for the eyes of its owner only',
    async () => {
      await localCertificate(dir)
      expect((await stat(file())).mode & 0o777).toBe(0o600)
      expect((await stat(dir)).mode & 0o777).toBe(0o700)
    },
  )

  test('is renewed when it runs out within a day', async () => {
    await localCertificate(dir)
    const old = await makeCertificate(Date.now() - 12 * dayMs - 1_000)
    await writeFile(file(), JSON.stringify(old))
    const renewed = await localCertificate(dir)
    expect(renewed).not.toEqual(old)
    isPair(renewed)
    expect(await localCertificate(dir)).toEqual(renewed)
  })

  test('is kept when it lasts longer than a day', async () => {
    await localCertificate(dir)
    const old = await makeCertificate(Date.now() - 12 * dayMs + 60_000)
    await writeFile(file(), JSON.stringify(old))
    expect(await localCertificate(dir)).toEqual(old)
  })

  test.each([
    '',
    '{"cert": "-----BEGIN',
    '{}',
    'null',
    '{"cert":"x","key":"y"}',
  ])('is made again when its file holds %j', async (broken) => {
    await localCertificate(dir)
    await writeFile(file(), broken)
    const made = await localCertificate(dir)
    isPair(made)
    expect(await localCertificate(dir)).toEqual(made)
  })

  test('is one for all that need it first at the same time', async () => {
    const all = await Promise.all(
      Array.from({ length: 8 }, () => localCertificate(dir)),
    )
    isPair(all[0] as Certificate)
    for (const each of all) expect(each).toEqual(all[0])
    expect(await localCertificate(dir)).toEqual(all[0])
    expect(await readdir(dir)).toEqual(['local.json'])
  })

  test('is the one of another server that was faster', async () => {
    const other = await makeCertificate()
    const { subtle } = webcrypto
    const generateKey = subtle.generateKey.bind(subtle)
    vi.spyOn(subtle, 'generateKey').mockImplementationOnce(
      async (...options: Parameters<typeof generateKey>) => {
        await writeFile(file(), JSON.stringify(other))
        return generateKey(...options)
      },
    )
    expect(await localCertificate(dir)).toEqual(other)
  })

  test('is one for all that renew it at the same time', async () => {
    const old = await makeCertificate(Date.now() - 13 * dayMs)
    await localCertificate(dir)
    await writeFile(file(), JSON.stringify(old))
    const all = await Promise.all(
      Array.from({ length: 8 }, () => localCertificate(dir)),
    )
    for (const each of all) expect(each).toEqual(all[0])
    expect(all[0]).not.toEqual(old)
  })
})
