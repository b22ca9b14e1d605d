export { makeParties, type Parties, sealed, signed } from './keys.ts'
export { type Reply, type SeenRequest, startPlatform } from './platform-server.ts'
export { acceptedRefund, notifiedRefund, officialBill, orderBody, paidTransaction } from './samples.ts'
export { member, vector } from './vectors.ts'
