// What the command line offers is data: the parser, the help, the man page and the completions are all made from these
// tables.

/** Completions for a word: files, or a list of words. */
export type Completion = 'files' | readonly string[]

/** An option of a command. `Given` is what the command runs with. */
export interface Option<Given> {
  /** Without dashes: `until`. */
  readonly name: string
  /** One letter: `n` of `-n`. */
  readonly short?: string
  /** Another name that means the same, without dashes; the help names it in its sentences. */
  readonly alias?: string
  /** What represents the value in the help, such as `TIME`; an option without it takes no value. */
  readonly value?: string
  /** Sentences; a line end begins a line of its own. */
  readonly help: string
  readonly completion?: Completion
  /** Sets the value, `''` if there is none. Returns a problem: one sentence that says what to write instead. */
  readonly set: (given: Given, value: string) => string | undefined
}

/** The words of a command that are not options. */
export interface Operands<Given> {
  /** As the help shows them: `FILE...`. */
  readonly shown: string
  readonly completion?: Completion
  readonly set: (given: Given, word: string) => string | undefined
}

/** All texts about a command. */
export interface CommandText {
  /** One word, or several: `set image`. */
  readonly name: string
  /** Shown after the name in the list of commands. */
  readonly summary: string
  /** The first line of its help, a question as people ask it. */
  readonly title: string
  /** Paragraphs above the options. */
  readonly about: readonly string[]
  /** Paragraphs below the options. */
  readonly notes?: readonly string[]
  /** Shown after the program's name. */
  readonly examples?: readonly string[]
  readonly exitCodes: readonly (readonly [code: number, meaning: string])[]
}

export interface CommandDefinition<Given> extends CommandText {
  readonly options: readonly Option<Given>[]
  readonly operands: Operands<Given>
  readonly initial: () => Given
  /** Checks all words together, after the last one. */
  readonly check?: (given: Given) => string | undefined
  /** Returns the exit code; a promise of it where the command waits for workers. */
  readonly run: (given: Given) => number | Promise<number>
}

/** The parts of an option for help and completions. */
export type OptionText = Omit<Option<never>, 'set'>

/** A command without the type of what it runs with, so that all of them fit into one table. */
export interface Command extends CommandText {
  readonly options: readonly OptionText[]
  readonly operands: Omit<Operands<never>, 'set'>
  /** Reads the words behind the command's name; `run` is there if nothing is wrong with them. */
  readonly read: (words: readonly string[]) => ReadWords
}

export type ReadWords =
  | { readonly help: true }
  | { readonly problem: string }
  | { readonly run: () => number | Promise<number> }

/** The option that every command has. */
export const helpOption: OptionText = { name: 'help', short: 'h', help: 'Print this help.' }

/**
 * `--output text|json`: what a command prints. Every command that prints more than one thing has it under this name, as
 * kubectl has; `--format` means the same everywhere.
 */
export const output = <Given, Word extends string>(
  words: readonly Word[],
  help: string,
  set: (given: Given, word: Word) => void,
): Option<Given> => ({
  ...choice('output', words, `${help} --format means the same.`, set),
  short: 'o',
  alias: 'format',
})

/** An option whose value is one of some words. */
export function choice<Given, Word extends string>(
  name: string,
  words: readonly Word[],
  help: string,
  set: (given: Given, word: Word) => void,
): Option<Given> {
  return {
    name,
    value: words.join('|'),
    help,
    completion: words,
    set: (given, value) => {
      const word = words.find((one) => one === value)
      if (word === undefined) return `--${name} is ${listed(words)}, not "${value}"`
      set(given, word)
      return undefined
    },
  }
}

/** `table, text or json`. */
export function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? ''
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} or ${last}`
}

/** An option without a value. */
export function flag<Given>(name: string, help: string, set: (given: Given) => void): Option<Given> {
  return {
    name,
    help,
    set: (given) => {
      set(given)
      return undefined
    },
  }
}

/** An option that takes any value. */
export function text<Given>(
  name: string,
  value: string,
  help: string,
  set: (given: Given, value: string) => void,
  completion?: Completion,
): Option<Given> {
  return {
    name,
    value,
    help,
    completion,
    set: (given, word) => {
      set(given, word)
      return undefined
    },
  }
}
