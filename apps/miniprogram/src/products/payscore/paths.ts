/** Pages that only those of this product lead to: no word of them is in the main package. */
export const planPath = (id: string) => `/products/payscore/pages/plan/index?id=${encodeURIComponent(id)}`
export const coursePath = (id: string) => `/products/payscore/pages/course/index?id=${encodeURIComponent(id)}`
