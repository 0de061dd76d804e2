import type { Theme } from '../engine/messages'
import { samples } from '../samples'
import { createEditor } from './editor'
import { addChoice, byId, say } from './elements'
import { startEngine } from './engine'
import { createForm } from './form'
import { showAnswer } from './result'
import { sayTrouble, shareLink, stateOfAddress } from './share'

const editor = createEditor()
const result = byId('result', HTMLElement)
const took = byId('took', HTMLParagraphElement)
const theme = byId('theme', HTMLSelectElement)
const sample = byId('sample', HTMLSelectElement)

const engine = startEngine({
  answered: ({ answer, tookMilliseconds }) => {
    showAnswer(answer, editor.goTo)
    editor.mark(new Set(answer.issues.flatMap(({ line }) => (line === undefined ? [] : [line]))))
    say(took, answer.shown ? `simulated in ${Math.max(1, Math.round(tookMilliseconds))} ms` : '')
    result.setAttribute('aria-busy', 'false')
  },
  failed: (message) => {
    say(byId('ending', HTMLParagraphElement), message)
    result.setAttribute('aria-busy', 'false')
  },
})

const ask = (): void => {
  result.setAttribute('aria-busy', 'true')
  editor.mark(new Set())
  engine.ask({ state: form.state(), theme: theme.value as Theme })
}
const form = createForm(ask)

for (const { name } of samples) addChoice(sample, name, name)
sample.addEventListener('change', () => {
  const chosen = samples.find(({ name }) => name === sample.value)
  if (chosen) form.fill(chosen.state)
})
theme.addEventListener('change', () => {
  document.documentElement.dataset.theme = theme.value
  ask()
})
byId('share', HTMLButtonElement).addEventListener('click', () => {
  shareLink(form.state()).catch((error: unknown) => sayTrouble(`No link can be made: ${String(error)}`))
})

async function takeAddress(): Promise<boolean> {
  const state = await stateOfAddress()
  if (state) form.fill(state)
  return state !== undefined
}
addEventListener('hashchange', () => void takeAddress())
takeAddress().then((isTaken) => {
  const [first] = samples
  if (!isTaken && first) form.fill(first.state)
})
