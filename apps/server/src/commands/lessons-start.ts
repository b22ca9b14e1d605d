import { startLesson } from '../products/payscore/lessons/start.ts'
import { asShop } from './as-shop.ts'
import type { Command } from './command.ts'
import { formatLesson, readLessonId } from './lesson-text.ts'

export const lessonsStart: Command = {
  options: '<lesson>',
  summary: 'the shopper is here: begin a lesson',
  async run(args, print) {
    const id = readLessonId(args)
    const lesson = await asShop('lessons:start', (ctx) => startLesson(ctx, { id }))
    for (const line of formatLesson(lesson)) print(line)
    return 0
  },
}
