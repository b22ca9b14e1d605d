/** Pages that only those of this product lead to: no word of them is in the main package. */
export const offerPath = (id: string) => `/products/discount-card/pages/offer/index?id=${encodeURIComponent(id)}`
export const cardPath = (id: string) => `/products/discount-card/pages/card/index?id=${encodeURIComponent(id)}`
