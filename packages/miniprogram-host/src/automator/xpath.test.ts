import { expect, test } from 'vitest'
import { toDomXpath } from './xpath.ts'

test.each([
  ['/page/view', './wx-view'],
  ['//text', './/wx-text'],
  ['//view[@id="view"]/text', './/wx-view[@id="view"]/wx-text'],
  ["//button[text()='text or button']", ".//wx-button[text()='text or button']"],
  ['(//view)[2]', '(.//wx-view)[2]'],
  ['//view|//text', './/wx-view|.//wx-text'],
  ['//view/following-sibling::button', './/wx-view/following-sibling::wx-button'],
  ['//stepper//view', './/stepper//wx-view'],
  ['//picker-view-column', './/wx-picker-view-column'],
  ['//view[attribute::form and position() mod 2 = 1]', './/wx-view[attribute::form and position() mod 2 = 1]'],
  ['/page', '.'],
  ['//page//view', './/wx-view'],
  ['view', 'wx-view'],
])('%s means %s in the document', (wxml, dom) => {
  expect(toDomXpath(wxml)).toBe(dom)
})
