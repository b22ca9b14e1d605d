// Draws the icons of the tab bar: `node icons.mjs` writes src/assets/tab-*.png.
import { writeFileSync } from 'node:fs'
import { crc32, deflateSync } from 'node:zlib'

const SIZE = 81
const GRID = 24
const STROKE = 1.6
/** Of lines that can be told from a light and a dark tab bar alike. */
const colours = { '': [0x80, 0x80, 0x80], '-selected': [0x01, 0x89, 0x42] }

const arc = (x, y, radiusX, radiusY, from, to) =>
  Array.from({ length: 25 }, (_, i) => {
    const angle = ((from + ((to - from) * i) / 24) * Math.PI) / 180
    return [x + radiusX * Math.cos(angle), y + radiusY * Math.sin(angle)]
  })
const circle = (x, y, radius) => arc(x, y, radius, radius, 0, 360)

/** Lines on a grid of 24. */
const icons = {
  shop: [
    [
      [5.2, 12.5],
      [5.2, 20],
      [18.8, 20],
      [18.8, 12.5],
    ],
    [
      [3.6, 9.5],
      [5.4, 4],
      [18.6, 4],
      [20.4, 9.5],
      [3.6, 9.5],
    ],
    arc(6.4, 9.5, 2.8, 2.8, 180, 0),
    arc(12, 9.5, 2.8, 2.8, 180, 0),
    arc(17.6, 9.5, 2.8, 2.8, 180, 0),
    [
      [10, 20],
      [10, 15.6],
      [14, 15.6],
      [14, 20],
    ],
  ],
  cart: [
    [
      [2.6, 4],
      [5.2, 4],
      [7.8, 15.6],
      [18.2, 15.6],
      [20.6, 7.4],
      [6, 7.4],
    ],
    circle(9.2, 19.4, 1),
    circle(16.8, 19.4, 1),
  ],
  orders: [
    [
      [5.6, 3.4],
      [18.4, 3.4],
      [18.4, 20.6],
      [15.2, 18.6],
      [12, 20.6],
      [8.8, 18.6],
      [5.6, 20.6],
      [5.6, 3.4],
    ],
    [
      [9, 8.4],
      [15, 8.4],
    ],
    [
      [9, 12.6],
      [13, 12.6],
    ],
  ],
  me: [
    circle(12, 7.8, 4),
    arc(12, 20.6, 8, 6, 180, 360),
    [
      [4, 20.6],
      [20, 20.6],
    ],
  ],
}

function distance([px, py], [ax, ay], [bx, by]) {
  const along = ((px - ax) * (bx - ax) + (py - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2 || 1)
  const t = Math.min(1, Math.max(0, along))
  return Math.hypot(px - ax - t * (bx - ax), py - ay - t * (by - ay))
}

/** How much of a pixel a line covers, in 0…15. */
function cover(lines, column, row) {
  const point = [((column + 0.5) * GRID) / SIZE, ((row + 0.5) * GRID) / SIZE]
  let nearest = GRID
  for (const line of lines)
    for (let i = 1; i < line.length; i++) nearest = Math.min(nearest, distance(point, line[i - 1], line[i]))
  const pixels = ((STROKE / 2 - nearest) * SIZE) / GRID + 0.5
  return Math.round(15 * Math.min(1, Math.max(0, pixels)))
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

/** A PNG with a palette of one colour in sixteen strengths. */
function png(lines, colour) {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(SIZE, 0)
  header.writeUInt32BE(SIZE, 4)
  header.set([4, 3, 0, 0, 0], 8)
  const stride = 1 + Math.ceil(SIZE / 2)
  const pixels = Buffer.alloc(stride * SIZE)
  for (let row = 0; row < SIZE; row++)
    for (let column = 0; column < SIZE; column++)
      pixels[row * stride + 1 + (column >> 1)] |= cover(lines, column, row) << (column % 2 ? 0 : 4)
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(Array.from({ length: 16 }, () => colour).flat())),
    chunk('tRNS', Buffer.from(Array.from({ length: 16 }, (_, i) => i * 17))),
    chunk('IDAT', deflateSync(pixels, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

for (const [name, lines] of Object.entries(icons))
  for (const [suffix, colour] of Object.entries(colours))
    writeFileSync(new URL(`src/assets/tab-${name}${suffix}.png`, import.meta.url), png(lines, colour))
