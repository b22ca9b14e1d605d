import type { Media } from './media.ts'

/**
 * A style sheet of the build, finished but for what depends on the phone (lengths, media) and on the component that owns
 * it (its style scope). Made from WXSS when the build is read; `renderCss` makes text of it.
 */
export type Css = readonly Piece[]

export type Piece =
  | string
  | { rpx: number }
  | { vw: number }
  | { vh: number }
  /** A class selector without its dot. */
  | { className: string }
  /** Rules under `@media`; `text` is the query as it was written. */
  | { media: Media; text: string; css: Css }
