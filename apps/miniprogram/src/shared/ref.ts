/** Crockford's base 32: none looks like another. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** The short id of one call, e.g. `7K3M9QXT`: sent along as Request-Ref, shown when it fails, found in the server's log. */
export const newRef = (): string =>
  Array.from({ length: 8 }, () => ALPHABET[Math.floor(Math.random() * ALPHABET.length)]).join('')
