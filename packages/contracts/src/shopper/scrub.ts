/**
 * Of the text of an error what tells where the fault is, without what may tell about a person: engines and WeChat quote
 * their input. Goes: quotations, queries, addresses of mail, long numbers and tokens, everything that is not ASCII.
 */
export const scrub = (text: string): string =>
  text
    .replace(/"[^"]*"?|'[^']*[^\w$.'][^']*'/g, '""')
    .replace(/[?#][^\s:)]*/g, '')
    .replace(/[^\x20-\x7e]+/g, '~')
    .replace(/[\w.+-]+@[\w-]+\.[a-z.]+/gi, '~')
    .replace(/\b(?![A-Z_]+\b)[\w-]{20,}|\d{7,}/g, '~')
    // Lines and columns follow a colon.
    .replace(/(^|[^:\d])\d{4,}/g, '$1~')
