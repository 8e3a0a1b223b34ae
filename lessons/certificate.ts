// The certificate for lessons over TLS: made on first use, for this machine's
// own names only, and kept in a folder that git ignores.

import { randomBytes, webcrypto, X509Certificate } from 'node:crypto'
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'

import type { X509CertificateCreateSelfSignedParams } from '@peculiar/x509'

import type { Certificate } from './lesson.ts'

const dayMs = 86_400_000

/** WebTransport takes a certificate by its hash only if it is valid for at most 14 days. */
const validDays = 13

const folder = new URL('../.certificate/', import.meta.url)

/** The certificate of this checkout; a new one when there is none, or when it runs out within a day. */
export async function localCertificate(dir = folder): Promise<Certificate> {
  const kept = await read(dir)
  if (kept) return kept
  const file = new URL('local.json', dir)
  await mkdir(dir, { recursive: true, mode: 0o700 })
  await rm(file, { force: true }) // It runs out, or is broken.
  const made = await makeCertificate()
  const draft = new URL(`${process.pid}-${randomBytes(4).toString('hex')}`, dir)
  await writeFile(draft, JSON.stringify(made), { mode: 0o600 })
  await putInPlace(draft, file)
  return (await read(dir)) ?? made
}

/**
 * In one step, and only if no other is there: servers that start at the same
 * time must agree on one, and never read half of it.
 */
async function putInPlace(draft: URL, file: URL): Promise<void> {
  try {
    await link(draft, file)
  } catch (error) {
    const isThere = (error as NodeJS.ErrnoException).code === 'EEXIST'
    if (!isThere) await rename(draft, file) // A disk that knows no links.
  }
  await rm(draft, { force: true })
}

async function read(dir: URL): Promise<Certificate | undefined> {
  try {
    const text = await readFile(new URL('local.json', dir), 'utf8')
    const kept: Certificate = JSON.parse(text)
    const { validTo } = new X509Certificate(kept.cert)
    return Date.parse(validTo) > Date.now() + dayMs ? kept : undefined
  } catch {
    return undefined // None yet, or a broken one: a new one takes its place.
  }
}

/** A self-signed certificate for localhost, 127.0.0.1 and ::1: EC P-256, valid for 13 days. */
export async function makeCertificate(now = Date.now()): Promise<Certificate> {
  // Most servers find a certificate that is kept, and need no library for it.
  await import('reflect-metadata') // @peculiar/x509 needs it, before anything else.
  const x509 = await import('@peculiar/x509')
  const crypto = webcrypto as Crypto
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
  const keys = await crypto.subtle.generateKey(algorithm, true, [
    'sign',
    'verify',
  ])
  const options: X509CertificateCreateSelfSignedParams = {
    serialNumber: `01${randomBytes(8).toString('hex')}`,
    name: 'CN=localhost, O=HTTP Push Workbook',
    notBefore: new Date(now),
    notAfter: new Date(now + validDays * dayMs),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new x509.SubjectAlternativeNameExtension([
        { type: 'dns', value: 'localhost' },
        { type: 'ip', value: '127.0.0.1' },
        { type: 'ip', value: '::1' },
      ]),
      new x509.BasicConstraintsExtension(false),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
    ],
  }
  const certificate = await x509.X509CertificateGenerator.createSelfSigned(
    options,
    crypto,
  )
  const key = await crypto.subtle.exportKey('pkcs8', keys.privateKey)
  return {
    cert: certificate.toString('pem'),
    key: x509.PemConverter.encode(key, 'PRIVATE KEY'),
  }
}
