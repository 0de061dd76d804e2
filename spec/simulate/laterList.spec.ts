import { expect, test } from 'vitest'
import { laterList, mostNotesOf } from '../../src/simulate/laterList'

const worked: string[] = []
const list = (mostNotes: number) =>
  laterList<string, string>(
    ['first'],
    (items, note) => {
      worked.push(note)
      if (items.at(-1) === note) items.pop()
      items.push(note)
    },
    mostNotes,
  )

test('notes wait until somebody reads the items, and are worked out once', () => {
  worked.length = 0
  const { note, items } = list(10)
  for (const text of ['a', 'b', 'b']) note(text)
  expect(worked).toEqual([])
  expect(items()).toEqual(['first', 'a', 'b'])
  expect(items()).toEqual(['first', 'a', 'b'])
  expect(worked).toEqual(['a', 'b', 'b'])
})

test('a copy goes on by itself, and what was read does not change', () => {
  const whole = list(10)
  whole.note('a')
  const [read, copy] = [whole.items(), whole.copy()]
  whole.note('b')
  copy.note('c')
  expect(read).toEqual(['first', 'a'])
  expect(whole.items()).toEqual(['first', 'a', 'b'])
  expect(copy.items()).toEqual(['first', 'a', 'c'])
})

test('no more notes wait than may; each holds as many fields as there are objects', () => {
  worked.length = 0
  const { note } = list(2)
  for (const text of ['a', 'b', 'c']) note(text)
  expect(worked).toEqual(['a', 'b'])
  expect([mostNotesOf(0), mostNotesOf(10), mostNotesOf(1_000_000)]).toEqual([100_000, 10_000, 1])
})
