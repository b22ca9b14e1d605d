import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { identify, isSameProcess } from './process.ts'

test('a process is known by its start and its command line, not by its id alone', async () => {
  const child = spawn('sleep', ['600'], { stdio: 'ignore' })
  const identity = identify(child.pid ?? 0)
  if (!identity) throw new Error('the child is not found')
  expect(identity).toMatchObject({ pid: child.pid, parentPid: process.pid, command: 'sleep 600' })
  expect(isSameProcess(identity)).toBe(true)
  expect(isSameProcess({ ...identity, started: 'another time' })).toBe(false)
  expect(isSameProcess({ ...identity, command: 'sleep 601' })).toBe(false)

  child.kill()
  await once(child, 'exit')
  expect(isSameProcess(identity)).toBe(false)
})

test.each([0, -1, 1.5, Number.NaN, 4194304])('%s is nobody', (pid) => {
  expect(identify(pid)).toBeUndefined()
})
