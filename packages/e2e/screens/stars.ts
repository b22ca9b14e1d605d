import type { Theme, Width } from './devices.ts'

/** Screens that are shown singly and sharp, here and in the README of the repository: name → file. */
export const STAR_WIDTH: Width = 375
export const stars: Readonly<Record<Theme, Readonly<Record<string, string>>>> = {
  light: {
    shelf: 'shelf',
    goods: 'goods',
    cart: 'cart',
    'payment sheet': 'payment-sheet',
    'payment unconfirmed': 'payment-unconfirmed',
    'payment paid': 'payment-paid',
    orders: 'orders',
    'refund processing': 'refund',
  },
  dark: { shelf: 'shelf-dark', 'payment paid': 'payment-paid-dark', orders: 'orders-dark' },
}
