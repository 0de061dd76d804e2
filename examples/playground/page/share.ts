import { fragmentOf, mostFragment, readFragment } from '../fragment'
import type { PlaygroundState } from '../state'
import { byId, say } from './elements'

// Links: the whole state is behind the `#`, which no server gets to see.

export async function shareLink(state: PlaygroundState): Promise<void> {
  const fragment = await fragmentOf(state)
  if (fragment.length > mostFragment) {
    sayTrouble(`This is too much for a link: ${fragment.length} characters, and at most ${mostFragment} are safe.`)
    return
  }
  sayTrouble('')
  location.hash = fragment
  const address = byId('address', HTMLInputElement)
  address.value = location.href
  byId('link', HTMLParagraphElement).hidden = false
  address.focus()
  address.select()
  const isCopied = await navigator.clipboard?.writeText(location.href).then(
    () => true,
    () => false,
  )
  say(byId('copied', HTMLSpanElement), isCopied ? 'copied' : 'in the address bar; copy it from here')
}

/** The state of the address, if it has one; says what is wrong with one that cannot be read. */
export async function stateOfAddress(): Promise<PlaygroundState | undefined> {
  if (location.hash.length <= 1) return undefined
  const read = await readFragment(location.hash)
  if ('state' in read) return read.state
  sayTrouble(`The link cannot be read: ${read.problem}.`)
  return undefined
}

export const sayTrouble = (text: string): void => say(byId('trouble', HTMLParagraphElement), text)
