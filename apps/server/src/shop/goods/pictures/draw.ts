// Draws the pictures of the catalogue beside this file: node apps/server/src/shop/goods/pictures/draw.ts
import { writeFileSync } from 'node:fs'
import { encodePng } from './png.ts'
import { both, box, circle, ellipse, type Layer, layer, line, paint, ring, turn } from './shapes.ts'

const SIZE = 320
const INK = 0x1f2d3d
const WHITE = 0xffffff
const GREEN = 0x2e9e6b
const BLUE = 0x2f7fd6
const ORANGE = 0xf08a3c
const YELLOW = 0xf6c445
const PALE_GREEN = 0xe3f4ea
const PALE_BLUE = 0xe1eefb
const PALE_ORANGE = 0xfdeee0

const steps = (count: number, from: number, to: number) =>
  Array.from({ length: count }, (_, i) => from + ((to - from) * i) / (count - 1))

const racketHead = ellipse(0.5, 0.33, 0.2, 0.25)
const racket: Layer[] = [
  layer(INK, turn(35, line(0.5, 0.58, 0.5, 0.74, 0.025))),
  layer(ORANGE, turn(35, line(0.5, 0.76, 0.5, 0.92, 0.055))),
  ...steps(5, 0.37, 0.63).map((x) => layer(0x9fb3c8, turn(35, both(box(x, 0.33, 0.006, 0.6, 0), racketHead)))),
  ...steps(6, 0.15, 0.51).map((y) => layer(0x9fb3c8, turn(35, both(box(0.5, y, 0.6, 0.006, 0), racketHead)))),
  layer(INK, turn(35, ring(racketHead, 0.03))),
]

const shuttle = (dx: number, dy: number): Layer[] => [
  ...steps(5, -0.13, 0.13).map((x) => layer(WHITE, line(0.5 + dx + x * 0.3, 0.6 + dy, 0.5 + dx + x, 0.34 + dy, 0.05))),
  layer(BLUE, line(0.42 + dx, 0.48 + dy, 0.58 + dx, 0.48 + dy, 0.015)),
  layer(YELLOW, circle(0.5 + dx, 0.64 + dy, 0.075)),
]

const wave = (y: number) =>
  steps(5, 0.16, 0.84).map((x) => layer(BLUE, both(ring(circle(x, y, 0.085), 0.03), box(x, y + 0.1, 0.2, 0.2, 0))))

const pictures: Record<string, [background: number, layers: Layer[]]> = {
  'trial-pass': [
    PALE_ORANGE,
    [
      layer(ORANGE, box(0.5, 0.5, 0.7, 0.4, 0.04)),
      layer(PALE_ORANGE, circle(0.15, 0.5, 0.06)),
      layer(PALE_ORANGE, circle(0.85, 0.5, 0.06)),
      ...steps(5, 0.36, 0.64).map((y) => layer(PALE_ORANGE, circle(0.65, y, 0.012))),
      layer(WHITE, line(0.26, 0.44, 0.54, 0.44, 0.035)),
      layer(WHITE, line(0.26, 0.56, 0.46, 0.56, 0.035)),
    ],
  ],
  'badminton-court': [
    PALE_GREEN,
    [
      layer(GREEN, box(0.5, 0.5, 0.56, 0.8, 0.02)),
      layer(WHITE, ring(box(0.5, 0.5, 0.46, 0.7, 0), 0.014)),
      layer(WHITE, line(0.27, 0.5, 0.73, 0.5, 0.024)),
      ...[0.36, 0.64, 0.22, 0.78].map((y) => layer(WHITE, line(0.27, y, 0.73, y, 0.01))),
      layer(WHITE, line(0.5, 0.15, 0.5, 0.36, 0.01)),
      layer(WHITE, line(0.5, 0.64, 0.5, 0.85, 0.01)),
    ],
  ],
  'table-tennis': [
    PALE_BLUE,
    [
      layer(0xd6504a, circle(0.44, 0.42, 0.24)),
      layer(0xc49a6c, turn(-42, line(0.49, 0.68, 0.49, 0.9, 0.09))),
      layer(INK, turn(-42, line(0.39, 0.645, 0.59, 0.645, 0.03))),
      layer(WHITE, circle(0.76, 0.28, 0.075)),
    ],
  ],
  'swim-pass': [
    PALE_BLUE,
    [
      layer(ORANGE, circle(0.68, 0.36, 0.085)),
      layer(INK, line(0.3, 0.46, 0.52, 0.36, 0.07)),
      layer(INK, line(0.52, 0.36, 0.6, 0.5, 0.07)),
      ...wave(0.58),
      ...wave(0.7),
    ],
  ],
  'coach-lesson': [
    PALE_GREEN,
    [
      layer(ORANGE, circle(0.5, 0.28, 0.11)),
      layer(GREEN, box(0.5, 0.66, 0.42, 0.46, 0.16)),
      layer(WHITE, line(0.4, 0.46, 0.5, 0.62, 0.018)),
      layer(WHITE, line(0.6, 0.46, 0.5, 0.62, 0.018)),
      layer(YELLOW, circle(0.5, 0.66, 0.05)),
    ],
  ],
  lesson: [
    PALE_GREEN,
    [
      layer(WHITE, box(0.5, 0.53, 0.64, 0.56, 0.05)),
      layer(GREEN, box(0.5, 0.33, 0.64, 0.16, 0.05)),
      ...[0.34, 0.66].map((x) => layer(INK, line(x, 0.2, x, 0.32, 0.03))),
      ...[0.34, 0.5, 0.66].map((x) => layer(PALE_GREEN, box(x, 0.52, 0.1, 0.09, 0.02))),
      ...[0.34, 0.5].map((x) => layer(PALE_GREEN, box(x, 0.68, 0.1, 0.09, 0.02))),
      layer(ORANGE, circle(0.66, 0.68, 0.075)),
      layer(WHITE, line(0.63, 0.68, 0.655, 0.705, 0.018)),
      layer(WHITE, line(0.655, 0.705, 0.695, 0.655, 0.018)),
    ],
  ],
  'month-card': [
    PALE_BLUE,
    [
      layer(INK, box(0.5, 0.5, 0.74, 0.46, 0.05)),
      layer(YELLOW, box(0.5, 0.38, 0.74, 0.06, 0)),
      layer(WHITE, line(0.36, 0.58, 0.64, 0.58, 0.03)),
      ...[0.3, 0.36, 0.64, 0.7].map((x) => layer(WHITE, line(x, 0.51, x, 0.65, 0.04))),
    ],
  ],
  shuttlecocks: [PALE_GREEN, [layer(GREEN, circle(0.5, 0.5, 0.4)), ...shuttle(-0.13, -0.04), ...shuttle(0.14, 0.06)]],
  racket: [PALE_ORANGE, racket],
  'swim-cap': [
    PALE_BLUE,
    [
      layer(BLUE, both(ellipse(0.5, 0.6, 0.34, 0.36), box(0.5, 0.35, 0.9, 0.5, 0))),
      layer(WHITE, both(ring(ellipse(0.5, 0.62, 0.2, 0.38), 0.02), box(0.5, 0.35, 0.9, 0.46, 0))),
      layer(INK, line(0.2, 0.62, 0.8, 0.62, 0.06)),
    ],
  ],
  towel: [
    PALE_ORANGE,
    [
      ...steps(3, 0.34, 0.66).flatMap((y, i) => [
        layer(i === 1 ? WHITE : ORANGE, box(0.5, y, 0.62, 0.15, 0.07)),
        layer(i === 1 ? ORANGE : WHITE, line(0.62, y - 0.07, 0.62, y + 0.07, 0.025)),
      ]),
    ],
  ],
}

/** Every picture by the id of its goods, as PNG. */
export function* drawPictures(): Generator<[id: string, png: Buffer]> {
  for (const [id, [background, layers]] of Object.entries(pictures)) {
    yield [id, encodePng(SIZE, paint(SIZE, background, layers))]
  }
}

if (import.meta.main) {
  for (const [id, png] of drawPictures()) writeFileSync(new URL(`${id}.png`, import.meta.url), png)
}
