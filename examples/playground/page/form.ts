import { commandKinds } from '../commandKinds'
import { type GivenCommand, mostCommands, type PlaygroundState } from '../state'
import { add, addChoice, byId } from './elements'

// The form as a state, and a state as the form.

export interface Form {
  readonly state: () => PlaygroundState
  readonly fill: (state: PlaygroundState) => void
}

const controllers = ['v1.7', 'v1.8', 'v1.9', 'v1.10', 'main']
const texts = ['image', 'imageAt', 'readyAfter', 'until', 'rollout'] as const

/** `changed` is called whenever something is typed or chosen. */
export function createForm(changed: () => void): Form {
  const manifests = byId('manifests', HTMLTextAreaElement)
  const measurements = byId('measurements', HTMLTextAreaElement)
  const controller = byId('controller', HTMLSelectElement)
  const isBroken = byId('isBroken', HTMLInputElement)
  const rows = byId('commands', HTMLDivElement)
  const input = (id: string): HTMLInputElement => byId(id, HTMLInputElement)
  for (const version of controllers) addChoice(controller, version, version)
  byId('form', HTMLFormElement).addEventListener('input', changed)
  byId('form', HTMLFormElement).addEventListener('submit', (event) => event.preventDefault())
  byId('add', HTMLButtonElement).addEventListener('click', () => {
    if (rows.childElementCount >= mostCommands) return
    addCommand(rows, { at: '', what: 'promote', value: '' }, changed).focus()
    changed()
  })
  return {
    state: () => ({
      manifests: manifests.value,
      measurements: measurements.value,
      controller: controller.value,
      isBroken: isBroken.checked,
      image: input('image').value,
      imageAt: input('imageAt').value,
      readyAfter: input('readyAfter').value,
      until: input('until').value,
      rollout: input('rollout').value,
      commands: commandsOf(rows),
    }),
    fill: (state) => {
      manifests.value = state.manifests
      measurements.value = state.measurements
      isBroken.checked = state.isBroken
      for (const name of texts) input(name).value = state[name]
      if (!controllers.includes(state.controller)) addChoice(controller, state.controller, state.controller)
      controller.value = state.controller
      rows.replaceChildren()
      for (const command of state.commands) addCommand(rows, command, changed)
      changed()
    },
  }
}

/** A row for a command; the field that is typed into first. */
function addCommand(rows: HTMLElement, { at, what, value }: GivenCommand, changed: () => void): HTMLInputElement {
  const row = add(rows, 'div')
  row.className = 'command'
  row.setAttribute('role', 'group')
  const time = labelled(row, 'At', 'at a pause')
  time.value = at
  const label = add(row, 'label', 'command ')
  const kind = add(label, 'select')
  for (const { name, label: text } of commandKinds) addChoice(kind, name, text)
  if (!commandKinds.some(({ name }) => name === what)) addChoice(kind, what, what)
  kind.value = what
  const text = labelled(row, 'value', '')
  text.value = value
  const showValue = (): void => {
    const needed = commandKinds.find(({ name }) => name === kind.value)?.value
    text.placeholder = needed ?? ''
    if (text.parentElement) text.parentElement.hidden = needed === undefined
    if (needed === undefined) text.value = ''
  }
  kind.addEventListener('input', showValue)
  showValue()
  const remove = add(row, 'button', 'Remove')
  remove.type = 'button'
  remove.addEventListener('click', () => {
    row.remove()
    nameRows(rows)
    byId('add', HTMLButtonElement).focus()
    changed()
  })
  nameRows(rows)
  return time
}

function labelled(row: HTMLElement, text: string, placeholder: string): HTMLInputElement {
  const input = add(add(row, 'label', `${text} `), 'input')
  input.placeholder = placeholder
  input.size = 9
  input.autocomplete = 'off'
  return input
}

/** Issues name a command by its number. */
function nameRows(rows: HTMLElement): void {
  for (const [index, row] of [...rows.children].entries()) {
    row.setAttribute('aria-label', `Command ${index + 1}`)
    row.querySelector('button')?.setAttribute('aria-label', `Remove command ${index + 1}`)
  }
}

const commandsOf = (rows: HTMLElement): readonly GivenCommand[] =>
  [...rows.children].map((row) => {
    const [at, value] = [...row.querySelectorAll('input')].map((one) => one.value)
    return { at: at ?? '', what: row.querySelector('select')?.value ?? '', value: value ?? '' }
  })
