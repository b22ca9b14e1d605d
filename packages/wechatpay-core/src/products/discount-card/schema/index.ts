export * from './card.ts'
export * from './requests.ts'
