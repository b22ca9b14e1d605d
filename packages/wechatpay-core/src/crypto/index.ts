export { type OpenInput, openAesGcm, type SealInput, sealAesGcm } from './aes-gcm.ts'
export { randomNonce } from './nonce.ts'
export { decryptOaep, encryptOaep } from './oaep.ts'
export { signSha256Rsa, verifySha256Rsa } from './rsa.ts'
