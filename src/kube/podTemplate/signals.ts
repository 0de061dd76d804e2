// Signals that may stop a container, in the order in which complaints list them.

const named = (
  'SIGABRT SIGALRM SIGBUS SIGCHLD SIGCLD SIGCONT SIGFPE SIGHUP SIGILL SIGINT SIGIO SIGIOT SIGKILL SIGPIPE SIGPOLL ' +
  'SIGPROF SIGPWR SIGQUIT SIGSEGV SIGSTKFLT SIGSTOP SIGSYS SIGTERM SIGTRAP SIGTSTP SIGTTIN SIGTTOU SIGURG SIGUSR1 ' +
  'SIGUSR2 SIGVTALRM SIGWINCH SIGXCPU SIGXFSZ SIGRTMIN SIGRTMAX'
).split(' ')

const numbered = (name: string, sign: string, most: number): readonly string[] =>
  Array.from({ length: most }, (_, index) => `${name}${sign}${index + 1}`)

export const linuxSignals: readonly string[] = [
  ...named,
  ...numbered('SIGRTMIN', '+', 15),
  ...numbered('SIGRTMAX', '-', 14),
].sort()

export const windowsSignals: readonly string[] = ['SIGKILL', 'SIGTERM']
