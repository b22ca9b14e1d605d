import type { CssNode } from 'css-tree'
import type { Css, Piece } from '../../core/wxss/css.ts'

/** Stands in generated text for a piece; CSS takes it for a word, and no one types these characters. */
const [START, END] = ['\uE000', '\uE001']
const MARKER = new RegExp(`${START}(\\d+)${END}`)

/** Puts pieces into a syntax tree, and finds them again in the text that is made of it. */
export class Markers {
  readonly #pieces: Piece[] = []

  textOf(piece: Piece): string {
    return `${START}${this.#pieces.push(piece) - 1}${END}`
  }

  nodeOf(piece: Piece): CssNode {
    return { type: 'Raw', value: this.textOf(piece) }
  }

  /** The text cut at its markers. */
  split(text: string): Css {
    return text
      .split(MARKER)
      .map((part, index): Piece => (index % 2 === 0 ? part : (this.#pieces[Number(part)] ?? '')))
      .filter((piece) => piece !== '')
  }
}
