import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Lesson } from '../products/payscore/table.ts'
import { type CommandLine, openCommandLine } from '../testing/command-line.ts'
import { type Course, type Courses, openCourses } from '../testing/courses.ts'

let courses: Courses
let course: Course
let line: CommandLine
beforeAll(async () => {
  courses = await openCourses()
  line = await openCommandLine(courses)
}, 120_000)
afterAll(async () => {
  line?.close()
  await courses?.close()
})
beforeEach(async () => {
  course = await courses.signed()
})

const shouyin = (...words: string[]) => line.shouyin(...words)

const lineOf = ({ id, number, name }: Lesson, status: string, yuan: string) =>
  expect.stringMatching(new RegExp(`^${id}  ${status} +${yuan}  羽毛球课3节 ${number} ${name}  o\\S+$`))
const auditOf = ({ id }: Lesson) =>
  courses.ctx.db
    .selectFrom('audit_entry')
    .select(['person', 'key_id', 'action'])
    .where('subject', '=', id)
    .orderBy('id')
    .execute()

test('at the counter: the lessons are listed, one is begun and given, and WeChat Pay collects', async () => {
  const [first, second, third] = course.lessons
  const listed = await shouyin('lessons', '--status', 'unused')
  expect(listed.code).toBe(0)
  expect(listed.out.slice(-3)).toEqual([
    lineOf(first, 'unused', '180.00'),
    lineOf(second, 'unused', '120.00'),
    lineOf(third, 'unused', '0.00'),
  ])
  expect(await shouyin('lessons:start', first.id)).toMatchObject({
    code: 0,
    out: [lineOf(first, 'in_service', '180.00')],
  })
  // Again, by the number that WeChat Pay knows: as it stands.
  expect(await shouyin('lessons:start', first.out_order_no)).toMatchObject({ code: 0 })
  expect(await shouyin('lessons:complete', first.id, '--amount', '15000')).toMatchObject({
    code: 0,
    out: [lineOf(first, 'deducting', '150.00')],
  })
  expect((await shouyin('lessons', '--status', 'deducting')).out).toEqual([lineOf(first, 'deducting', '150.00')])
  expect(await courses.atWechat(first)).toMatchObject({ totalFen: 15_000 })
  expect(await auditOf(first)).toEqual([
    { person: 'cli', key_id: null, action: 'lesson.start' },
    { person: 'cli', key_id: null, action: 'lesson.complete' },
  ])
  await courses.cancel(first)
})

test('one that was begun is cancelled, with the reason that WeChat Pay is told', async () => {
  const [first] = course.lessons
  await shouyin('lessons:start', first.id)
  expect(await shouyin('lessons:cancel', first.id, '--reason', '教练生病')).toMatchObject({
    code: 0,
    out: [lineOf(first, 'cancelled', '180.00')],
  })
  expect(await courses.row(first)).toMatchObject({ cancel_reason: '教练生病' })
})

test('a list of nothing says so', async () => {
  expect(await shouyin('lessons', '--status', 'starting')).toEqual({ code: 0, out: ['no lesson is starting'], err: '' })
})

describe('what is wrong is one sentence, and nothing happens', () => {
  test.each<[words: (lesson: Lesson) => string[], message: RegExp, code: number]>([
    [() => ['lessons', '--status', 'done'], /--status done is none of unused, starting/, 2],
    [() => ['lessons', 'all'], /Unexpected argument 'all'/, 2],
    [() => ['lessons:start'], /give one lesson: its id as pnpm shouyin lessons shows it/, 2],
    [({ id }) => ['lessons:start', id, id], /give one lesson/, 2],
    [() => ['lessons:start', 'nobody'], /^no lesson has this id/, 1],
    [({ id }) => ['lessons:complete', id], /^the lesson is unused; it can be completed once/, 1],
    [({ id }) => ['lessons:complete', id, '--amount', '120.00'], /--amount 120.00 must be whole fen, e.g. 12000/, 2],
    [({ id }) => ['lessons:complete', id, '--amount', '18001'], /^the shopper signed for 18000 fen at most/, 1],
    [({ id }) => ['lessons:cancel', id], /--reason must say why, in 1 to 50 characters/, 2],
    [({ id }) => ['lessons:cancel', id, '--reason', '长'.repeat(51)], /--reason must say why/, 2],
  ])('%o', async (words, message, code) => {
    const [first] = course.lessons
    const ended = await shouyin(...words(first))
    expect(ended).toMatchObject({ code, out: [], err: expect.stringMatching(message) })
    expect(await courses.row(first)).toMatchObject({ state: 'unused' })
    expect(await auditOf(first)).toEqual([])
  })

  test('a lesson out of its turn', async () => {
    const [, second] = course.lessons
    const { code, err } = await shouyin('lessons:start', second.id)
    expect(code).toBe(1)
    expect(err).toMatch(/lesson 1 \(第一节课\) is unused; it has to be paid or cancelled before/)
  })
})
