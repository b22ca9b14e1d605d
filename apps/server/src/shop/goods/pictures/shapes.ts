// Few shades at the edges: smooth to the eye, and a file of a few kilobytes.
const SHADES = 6

/** Signed distance in the unit square: negative inside. */
export type Shape = (x: number, y: number) => number
export interface Layer {
  readonly shape: Shape
  readonly colour: number
}

export const layer = (colour: number, shape: Shape): Layer => ({ colour, shape })

export const circle =
  (cx: number, cy: number, radius: number): Shape =>
  (x, y) =>
    Math.hypot(x - cx, y - cy) - radius

/** A ring of the given line width. */
export const ring =
  (shape: Shape, width: number): Shape =>
  (x, y) =>
    Math.abs(shape(x, y)) - width / 2

export const ellipse =
  (cx: number, cy: number, rx: number, ry: number): Shape =>
  (x, y) =>
    (Math.hypot((x - cx) / rx, (y - cy) / ry) - 1) * Math.min(rx, ry)

/** A rectangle about its centre with rounded corners. */
export const box =
  (cx: number, cy: number, width: number, height: number, corner = 0.02): Shape =>
  (x, y) => {
    const dx = Math.abs(x - cx) - width / 2 + corner
    const dy = Math.abs(y - cy) - height / 2 + corner
    return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - corner
  }

/** A line with round ends. */
export const line =
  (x1: number, y1: number, x2: number, y2: number, width: number): Shape =>
  (x, y) => {
    const [dx, dy] = [x2 - x1, y2 - y1]
    const along = Math.min(1, Math.max(0, ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy)))
    return Math.hypot(x - x1 - along * dx, y - y1 - along * dy) - width / 2
  }

/** Only where both are. */
export const both =
  (a: Shape, b: Shape): Shape =>
  (x, y) =>
    Math.max(a(x, y), b(x, y))

/** Turned clockwise about the centre of the square. */
export function turn(degrees: number, shape: Shape): Shape {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)]
  return (x, y) => shape((x - 0.5) * cos + (y - 0.5) * sin + 0.5, (y - 0.5) * cos - (x - 0.5) * sin + 0.5)
}

/** Paints the layers over each other: size × size pixels of RGB, edges smoothed. */
export function paint(size: number, background: number, layers: readonly Layer[]): Uint8Array {
  const rgb = new Uint8Array(size * size * 3)
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const pixel = channels(background)
      for (const { shape, colour } of layers) {
        const inside = Math.min(1, Math.max(0, 0.5 - shape((x + 0.5) / size, (y + 0.5) / size) * size))
        const cover = Math.round(inside * SHADES) / SHADES
        for (const [i, value] of channels(colour).entries()) pixel[i] = (pixel[i] ?? 0) * (1 - cover) + value * cover
      }
      rgb.set(pixel.map(Math.round), (y * size + x) * 3)
    }
  }
  return rgb
}

const channels = (colour: number): number[] => [colour >> 16, (colour >> 8) & 0xff, colour & 0xff]
