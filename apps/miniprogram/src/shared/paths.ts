/** Where the pages are. Tab pages are opened with `switchTab`. */
export const tabs = {
  shop: '/shop/pages/shop/index',
  cart: '/shop/pages/cart/index',
  orders: '/shop/pages/orders/index',
  me: '/shop/pages/me/index',
} as const

export const goodsPath = (id: string) => `/shop/pages/goods/index?id=${encodeURIComponent(id)}`
/** Which goods a page was opened for: by {@link goodsPath}, or by a code (小程序码) whose scene is the id. */
export const goodsOf = ({ id, scene }: { id?: string; scene?: string }): string => id ?? decodeURIComponent(scene ?? '')
/** Of the cart, or of one thing that is bought at once. */
export const checkoutPath = (line?: { goodsId: string; quantity: number }) =>
  `/shop/pages/checkout/index${line ? `?goods=${encodeURIComponent(line.goodsId)}&quantity=${line.quantity}` : ''}`
export const orderPath = (id: string) => `/products/payments/pages/order/index?id=${encodeURIComponent(id)}`
export const refundPath = (orderId: string) => `/products/refunds/pages/request/index?id=${encodeURIComponent(orderId)}`
/** `pay` opens WeChat's payment sheet at once. */
export const resultPath = (id: string, { pay }: { pay: boolean }) =>
  `/products/payments/pages/result/index?id=${encodeURIComponent(id)}${pay ? '&pay=1' : ''}`
/** 支付分计划: what is on sale, and what the shopper has signed. Inside the product see its own `paths.ts`. */
export const plansPath = '/products/payscore/pages/plans/index'
export const myCoursesPath = '/products/payscore/pages/mine/index'
/** 先享卡: the shopper's, and what is on offer. */
export const cardsPath = '/products/discount-card/pages/cards/index'
