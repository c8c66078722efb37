import assert from 'node:assert/strict'
import type { Locator, Page } from 'playwright-core'

/** How a page is worked: with a pointer, or with the keyboard alone. */
export type Hand = {
  press: (what: Locator) => Promise<void>
  type: (where: Locator, text: string) => Promise<void>
  choose: (radio: Locator) => Promise<void>
  tick: (box: Locator) => Promise<void>
  select: (where: Locator, value: string) => Promise<void>
  attach: (where: Locator, file: { name: string; mimeType: string; buffer: Buffer }) => Promise<void>
}

export const pointer: Hand = {
  press: (what) => what.click(),
  type: (where, text) => where.fill(text),
  choose: (radio) => radio.check(),
  tick: (box) => box.check(),
  select: async (where, value) => {
    await where.selectOption(value)
  },
  async attach(where, file) {
    const chooser = where.page().waitForEvent('filechooser')
    await where.click()
    await (await chooser).setFiles(file)
  },
}

// oxlint-disable-next-line typescript/no-explicit-any -- what runs in the page; the server's code, checked together with this, knows no document
declare const document: any
// oxlint-disable-next-line typescript/no-explicit-any -- as above
declare const getComputedStyle: any

const MOST_TABS = 250

/** Tab, until the control has the focus: what cannot be reached so cannot be used by whoever has no pointer. */
async function reach(page: Page, what: Locator): Promise<void> {
  await what.waitFor()
  for (let tabs = 0; tabs < MOST_TABS; tabs += 1) {
    if (await what.evaluate((element: unknown) => element === document.activeElement)) return mustShowFocus(what)
    await page.keyboard.press('Tab')
  }
  assert.fail(`not reached by Tab: ${String(what)}`)
}

/** That one sees where one is: a ring on the control or on what frames it, and nothing that lies over it (WCAG 2.4.7, 2.4.11). */
async function mustShowFocus(what: Locator): Promise<void> {
  const fault = await what.evaluate(whyUnseen)
  assert.equal(fault, '', String(what))
}

// oxlint-disable-next-line typescript/no-explicit-any -- an element of the page
function whyUnseen(element: any): string {
  const frames = [element, element.parentElement, element.parentElement?.parentElement].filter(Boolean)
  // oxlint-disable-next-line typescript/no-explicit-any -- an element of the page
  const ringed = (one: any): boolean => {
    const { outlineStyle, outlineWidth } = getComputedStyle(one)
    return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2
  }
  if (!frames.some(ringed)) return 'the focus is not to be seen'
  const { left, top, width, height } = element.getBoundingClientRect()
  const over = document.elementFromPoint(left + width / 2, top + height / 2)
  const clear = over === null || frames.some((one) => one.contains(over) || over.contains(one))
  return clear ? '' : `what has the focus lies under ${over.outerHTML.slice(0, 80)}`
}

/** Everything by Tab, Enter, Space, arrows and typing; no element is clicked, filled or focused from outside. */
export const keyboard = (page: Page): Hand => ({
  async press(what) {
    await reach(page, what)
    await page.keyboard.press('Enter')
  },
  async type(where, text) {
    await reach(page, where)
    if ((await where.getAttribute('type')) === 'date') {
      // the parts of a date in the order of the browser's language, which is American English here
      const [year, month, day] = text.split('-')
      return page.keyboard.type(`${month}${day}${year}`)
    }
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.insertText(text)
  },
  async choose(radio) {
    // Tab stops at a group once; arrows go on within it
    const name = (await radio.getAttribute('name')) ?? ''
    const group = page.locator(`input[type=radio][name="${name}"]`)
    const stop = (await group.locator(':scope:checked').count()) > 0 ? group.locator(':scope:checked') : group
    await reach(page, stop.first())
    await page.keyboard.press('Space')
    for (let moves = await group.count(); moves > 0 && !(await radio.isChecked()); moves -= 1)
      await page.keyboard.press('ArrowDown')
    assert.ok(await radio.isChecked(), 'chosen with the arrows')
  },
  async tick(box) {
    await reach(page, box)
    await page.keyboard.press('Space')
    assert.ok(await box.isChecked(), 'ticked with the space bar')
  },
  async select(where, value) {
    await reach(page, where)
    const options = await where.locator('option').evaluateAll((all: { value: string }[]) => all.map((one) => one.value))
    const moves = options.indexOf(value)
    await page.keyboard.press('Home')
    for (let move = 0; move < moves; move += 1) await page.keyboard.press('ArrowDown')
    assert.equal(await where.inputValue(), value)
  },
  async attach(where, file) {
    await reach(page, where)
    const chooser = page.waitForEvent('filechooser')
    await page.keyboard.press('Space')
    await (await chooser).setFiles(file)
  },
})

/** The hand of a view: the first is worked by keyboard alone, and says so in its name. */
export const handOf = (at: number, page: Page): Hand => (at === 0 ? keyboard(page) : pointer)
export const handName = (at: number): string => (at === 0 ? ', keyboard only' : '')
