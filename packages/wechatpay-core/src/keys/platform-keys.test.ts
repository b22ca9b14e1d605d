import { describe, expect, it } from 'vitest'
import { makeParties, vector } from '../testing/index.ts'
import { createPlatformKeys, parseCertificate } from './platform-keys.ts'

const pem = vector('C3').certificatePem ?? ''
const certificate = parseCertificate(pem)
const { publicKey } = makeParties().options.platformKeys
const UNKNOWN = 'A'.repeat(40)

/** The published certificates have expired meanwhile. */
const now = () => new Date('2024-01-01T00:00:00Z')

/** A download that can be counted, held and made to fail, beside a clock that only the test moves. */
function world() {
  let nowMs = 0
  let downloads = 0
  const gates: ((ok: boolean) => void)[] = []
  const download = async () => {
    downloads += 1
    const ok = await new Promise<boolean>((resolve) => gates.push(resolve))
    if (!ok) throw new Error('download failed')
    return [certificate]
  }
  return {
    download,
    clock: () => nowMs,
    advance: (ms: number) => {
      nowMs += ms
    },
    finish: (ok = true) => {
      for (const gate of gates.splice(0)) gate(ok)
    },
    get downloads() {
      return downloads
    },
  }
}

describe('platform keys, chosen by serial', () => {
  it('holds the public key and certificates side by side', async () => {
    const keys = createPlatformKeys({ publicKey, certificates: [pem], fetchCertificates: false }, async () => [])
    expect(await keys.find(publicKey.id)).toBeDefined()
    expect(await keys.find(certificate.serialNo.toLowerCase())).toBeDefined()
    expect(await keys.find(UNKNOWN)).toBeUndefined()
  })

  it('encrypts with the public key when there is one, else with the newest valid certificate', async () => {
    const older = vector('S4').plaintext ?? ''
    const withKey = createPlatformKeys({ publicKey, certificates: [pem] }, async () => [], now)
    expect((await withKey.newest())?.serial).toBe(publicKey.id)
    const both = [pem, older].map(parseCertificate).sort((a, b) => b.effectiveAt.getTime() - a.effectiveAt.getTime())
    const newestOf = (at: Date) =>
      createPlatformKeys(
        { certificates: [older, pem] },
        async () => [],
        () => at,
      ).newest()
    expect((await newestOf(now()))?.serial).toBe(both[0]?.serialNo)
    expect(await newestOf(new Date('2035-01-01T00:00:00Z'))).toBeUndefined()
  })

  it('downloads a certificate to encrypt with when none is held', async () => {
    const keys = createPlatformKeys({}, async () => [certificate], now)
    expect((await keys.newest())?.serial).toBe(certificate.serialNo)
  })

  it('a public key alone also follows a notification that a certificate signed: the switch-over lasts days', async () => {
    const keys = createPlatformKeys({ publicKey }, async () => [certificate], now)
    expect(await keys.find(certificate.serialNo)).toBeDefined()
  })

  it('a refresh that failed is tried again after the cooldown, not after half a day', async () => {
    const w = world()
    const keys = createPlatformKeys({ certificates: [pem] }, w.download, now, w.clock)
    await keys.find(certificate.serialNo)
    w.finish(false)
    await new Promise(setImmediate)
    w.advance(30_000)
    await keys.find(certificate.serialNo)
    expect(w.downloads).toBe(2)
    w.finish()
  })

  it('P9: a thousand notifications with an unknown serial download once in 30 s, and the old keys stay', async () => {
    const w = world()
    const keys = createPlatformKeys({ certificates: [pem], fetchCertificates: true }, w.download, now, w.clock)
    const storm = Array.from({ length: 1000 }, () => keys.find(UNKNOWN))
    w.finish()
    expect((await Promise.all(storm)).every((key) => key === undefined)).toBe(true)
    expect(w.downloads).toBe(1)
    await keys.find(UNKNOWN)
    w.advance(29_999)
    await keys.find(UNKNOWN)
    expect(w.downloads).toBe(1)
    expect(await keys.find(certificate.serialNo)).toBeDefined()
    w.advance(1)
    const again = keys.find(UNKNOWN)
    w.finish()
    await again
    expect(w.downloads).toBe(2)
  })

  it('a rotation is followed: the unknown serial is known after one download', async () => {
    const w = world()
    const keys = createPlatformKeys({ fetchCertificates: true }, w.download, now, w.clock)
    const found = keys.find(certificate.serialNo)
    w.finish()
    expect(await found).toBeDefined()
    expect(w.downloads).toBe(1)
  })

  it('a failed download is an error now and is tried again only after the cooldown', async () => {
    const w = world()
    const keys = createPlatformKeys({ fetchCertificates: true }, w.download, now, w.clock)
    const failing = keys.find(UNKNOWN)
    w.finish(false)
    await expect(failing).rejects.toThrow('download failed')
    expect(await keys.find(UNKNOWN)).toBeUndefined()
    expect(w.downloads).toBe(1)
  })

  it('an unknown public-key id never starts a download: certificates cannot bring it', async () => {
    const w = world()
    const keys = createPlatformKeys({ certificates: [pem], fetchCertificates: true }, w.download, now, w.clock)
    expect(await keys.find('PUB_KEY_ID_999')).toBeUndefined()
    expect(w.downloads).toBe(0)
  })

  it('refuses settings that leave no key', () => {
    expect(() => createPlatformKeys({ fetchCertificates: false }, async () => [])).toThrow('platformKeys names no key')
    expect(() => createPlatformKeys({ publicKey: { ...publicKey, id: '0119' } }, async () => [])).toThrow('PUB_KEY_ID_')
    expect(() => createPlatformKeys({ certificates: ['x'] }, async () => [])).toThrow('platformKeys.certificates')
  })
})
