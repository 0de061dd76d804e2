import { ahead, back, fixed, halves, taken, width } from './loopReasons'
import { textBounds } from './textLoops'

// What bounds each loop and repeat that is not bounded at sight (rules/loops.ts says what is). Whoever adds one says here by what.

/** File -> loop as rules/loops.ts calls it -> its bound. */
export const bounds: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ...textBounds,
  'src/adapters/drive.ts': {
    'while (!stopped())': 'the host ends it, and each round waits for its `wait`',
  },
  'src/adapters/measure.ts': {
    "while (exchange.kind === 'ask')":
      'the exchange: each provider sends, follows redirects and retries a fixed number of times',
    'while (true)': 'nextRound: a question that was answered is not asked again',
  },
  'src/adapters/reconcileObject.ts': {
    'for (round < mostRounds; round++)': fixed,
  },
  'src/adapters/send.ts': {
    'while (true)': 'the end of the body, maxBodyBytes, or timeoutSeconds',
  },
  'src/adapters/sendFailure.ts': {
    'for (depth < 10 && deepest instanceof Error; depth++)': fixed,
  },
  'src/analysis/results.ts': {
    'while (at > 0 && placeOf(listed[at - 1] as MetricResult) > placeOf(result))': back,
  },
  'src/check/check.ts': {
    'while (held.length > 0)': taken,
  },
  'src/check/exhaustive.ts': {
    'for (deep < depth && !isEnough(); deep++)': 'the depth, 12 at most, and mostStates',
  },
  'src/check/facts.ts': {
    'Array.from({ length: Math.min(stepCount, 50) * 2 + 3 })': fixed,
  },
  'src/cli/analyzeTable.ts': {
    'Array.from({ length: columns })': 'the columns of the table',
    'padEnd(widths[column] ?? 0)': width,
  },
  'src/check/parts.ts': {
    'Array.from({ length: count })': 'the runs that were asked for, 1,000,000 at most',
  },
  'src/check/smaller.ts': {
    'for (let isBetter = true; isBetter && tries < mostTries; )': 'mostTries',
  },
  'src/check/unreached.ts': {
    'Array.from({ length: Math.min(stepCount, mostSteps) })': fixed,
  },
  'src/cli/check/checkMarkdown.ts': { 'repeat(longest + 1)': width },
  'src/cli/codeFrame.ts': {
    'padStart(width)': width,
    'repeat(width)': width,
    'repeat(markAt(content, column))': width,
  },
  'src/cli/commandLine/help.ts': {
    'padEnd(column)': width,
    'repeat(column)': width,
    'repeat(lead.length)': width,
  },
  'src/cli/commands/explain.ts': {
    'repeat(lead.length)': width,
  },
  'src/cli/comparedSide.ts': {
    'Array.from({ length: mostPauses })': fixed,
  },
  'src/cli/shadowText.ts': { 'padEnd(width)': width },
  'src/cli/sweep/progress.ts': { 'repeat(filled)': width, 'repeat(columns - filled)': width },
  'src/cli/sweep/runBatches.ts': {
    'for (done < runs; done += size)': 'the number of runs that was asked for',
  },
  'src/cli/workers/inWorkers.ts': {
    'for (!next.done && isGoing; next = batches.next())': 'the batches that are left',
    'for (own !== undefined && isGoing; own = waiting.get(taken))':
      'the batches that wait for one before them: one for each worker',
    'Array.from({ length: workers })': 'the workers that were asked for, at most 256',
  },
  'src/cli/sweep/sweepText.ts': { 'padEnd(widths[column] ?? 0)': width, 'repeat(head.length)': width },
  'src/cli/testText.ts': { 'padEnd(width)': width, 'padEnd(cellWidth)': width },
  'src/cluster/fieldDifferences.ts': {
    'for (at < Math.max(before.length, after.length); at++)': ahead,
  },
  'src/cluster/garbage.ts': {
    'while (gone.size > size)': 'objects: each round finds one more, or is the last',
  },
  'src/explain/shadow/decided.ts': {
    'for (round < mostReconciles; round++)': fixed,
    'for (let round = 0; ; round++)': 'mostRounds',
  },
  'src/explain/decided.ts': {
    'for (round < mostRounds && decision.asks.length > 0; round++)': fixed,
  },
  'src/kube/hash/fnv32a.ts': {
    'for (i < text.length; i++)': ahead,
  },
  'src/kube/hash/safeEncode.ts': {
    'while (rest >= 10)': 'divided by 100 each round',
  },
  'src/kube/names.ts': {
    'for (index < text.length; index++)': ahead,
  },
  'src/kube/podTemplate/plainTemplate.ts': { 'for (before < at; before++)': 'the items of a list before one of them' },
  'src/kube/podTemplate/signals.ts': {
    'Array.from({ length: most })': fixed,
  },
  'src/kube/quantity/parseQuantity.ts': {
    'while (end < text.length && isDigit(text.charCodeAt(end)))': ahead,
    "while (text[first] === '0')": ahead,
    "while (suffix[first] === '0')": ahead,
    "while (first < digits.length - 1 && digits[first] === '0')": ahead,
    'for (let end = fraction.length; end > kept; )': back,
  },
  'src/kube/quantity/printQuantity.ts': {
    'for (magnitude % 1024n === 0n; unit++)': 'divided by 1024 each round; 0 does not come here',
    'for (rest % 1024 === 0; unit++)': 'divided by 1024 each round; 0 does not come here',
    'repeat(zeros)': '0, 1 or 2',
  },
  'src/kube/quantity/canonical.ts': {
    'for (at <= mostDigits; at++)': fixed,
  },
  'src/kube/quantity/quantity.ts': {
    "while (nines > 0 && digits[nines - 1] === '9')": back,
    'repeat(digits.length - nines)': width,
    "while (end > 1 && digits[end - 1] === '0')": back,
  },
  'src/kube/types/structPrinter.ts': {
    'for (bits !== 0; bits &= bits - 1)': 'the 32 bits of a number, of which each round clears one',
  },
  'src/rollout/resolve/claim.ts': {
    'for (to > 0 && byCreation(sorted[to - 1] as ReplicaSet, set) > 0; to--)': back,
  },
  'src/lint/applyFixes.ts': {
    'for (round < mostFixes && round * characters <= mostCharacters; round++)': fixed,
  },
  'src/model/time.ts': {
    'for (at < last; at++)': 'the fraction, nine digits at most',
  },
  'src/model/json.ts': {
    'for (left >= 0 && i < items.length; i++)': 'the thousand nodes that the walk may take',
    'for (last !== undefined; last = path.at(-1))': '200,000 nodes',
  },
  'src/notifications/template/execute.ts': {
    'Array.from({ length: Math.max(0, Number(value)) })': 'the steps that a template may take',
  },
  'src/notifications/template/format.ts': {
    'repeat(missing)': 'the width that printf may have: 1,000',
  },
  'src/notifications/template/parse.ts': {
    'while (reader.at < reader.pieces.length)': ahead,
    "while (taken(words, '|'))": ahead,
    'for (; ; )': ahead,
    "for (token?.kind === 'field'; token = words.tokens[words.at])": ahead,
  },
  'src/notifications/template/sprig.ts': {
    'repeat(times)': 'a million characters',
    "while (from < to && cut.has(characters[from] ?? ''))": ahead,
    "while (to > from && cut.has(characters[to - 1] ?? ''))": back,
    'for (at < args.length; at += 2)': ahead,
  },
  'src/notifications/template/tokens.ts': {
    'for (; ; )': ahead,
    'while (before && from < to && isSpace(text[from]))': ahead,
    'while (behind && to > from && isSpace(text[to - 1]))': back,
    'while (at < template.length)': ahead,
  },
  'src/replay/decidedAlready.ts': {
    'while (low < high)': halves,
  },
  'src/replay/lab.ts': {
    'for (idle < mostIdleSteps; idle++)': fixed,
    'for (round < 3 && decision.asks.length > 0; round++)': fixed,
  },
  'src/replay/readRecords.ts': {
    'for (at <= inside.length; at++)': ahead,
  },
  'src/replay/readSeries.ts': {
    'while (low < high)': halves,
  },
  'src/rollout/defaults.ts': {
    'for (i < end; i++)': 'nine digits',
  },
  'src/rollout/desired/canaryWeight.ts': {
    'for (index >= 0; index--)': 'the steps: currentStepOf and Math.min cut the index to them',
  },
  'src/rollout/experiment/startExperiment.ts': {
    'for (let collisions = 0; ; collisions++)': 'the Experiments that are there: one name more than they take is free',
  },
  'src/rollout/validation/stepRules.ts': { 'for (i < most; i++)': ahead },
  'src/routers/smi.ts': {
    'while (digits !== 0 && digits % 1000 === 0)': 'divided by 1000 each round',
  },
  'src/scenario/runSimulation.ts': {
    'for (; ; )': 'the seconds of the simulation, and the events that are due',
  },
  'src/secrets/hideSecrets.ts': {
    'for (at + enough <= all.length; at++)': ahead,
    'for (let at = 0; at < small.length; )': ahead,
  },
  'src/secrets/secretForms.ts': {
    'while (from < to && isBlank(text.charAt(from)))': ahead,
    'while (to > from && isBlank(text.charAt(to - 1)))': back,
    'Array.from({ length: count })': 'the pieces of a secret of 16,384 characters',
    'Array(before)': 'the characters of a secret of 16,384',
    'for (at < last; at++)': ahead,
  },
  'src/secrets/spellings.ts': {
    'padStart(digits)': '2 or 4 hexadecimal digits',
  },
  'src/simulate/assume/references.ts': {
    'for (at < all.length; at++)': ahead,
  },
  'src/simulate/controllers.ts': {
    'for (let round = 0; ; round++)': 'mostRoundsPerDecision',
  },
  'src/simulate/eventQueue.ts': {
    'while (heap[0]?.second === passed)': taken,
    'while (at > 0)': halves,
    'while (2 * at + 1 < heap.length)': halves,
  },
  'src/simulate/models/traffic.ts': { 'while (low < high)': halves },
  'src/simulate/podObjects.ts': {
    'for (nth < count; nth++)': 'mostPodObjects',
  },
  'src/simulate/podRules.ts': {
    'Array.from({ length: Math.ceil(group.count / size) })': 'mostLives, since the size grows with the count',
  },
  'src/simulate/pods.ts': {
    'Array.from({ length: Math.ceil(count / size) })': 'mostGroups, since the size grows with the count',
  },
  'src/simulate/runWorld.ts': {
    'for (due; due = queue.nextUntil(until))': 'seconds from now to `until`, each once, and maxReconciles',
  },
  'src/simulate/settle.ts': {
    'for (round < mostRoundsPerSecond && !isOver && !world.isStopped; round++)': fixed,
  },
  'src/templates/plainArgs.ts': {
    "for (open >= 0; open = text.indexOf('{{', at))": ahead,
  },
  'src/templates/planRunCreation.ts': {
    'for (let collisions = 0; ; collisions++)': 'the AnalysisRuns that are there: one name more than they take is free',
  },
  'src/templates/substitute.ts': {
    "for (open >= 0; open = text.indexOf('{{', at))": ahead,
  },
  'src/upgrade/compareText.ts': {
    'padEnd(widths[column] ?? 0)': width,
  },
  'src/upgrade/story.ts': {
    'while (next < frames.length && frames[next]!.atSeconds <= second)': ahead,
  },
  'src/upgrade/upgradeText.ts': {
    'repeat(level)': 'the level of a heading: 1 to 3',
  },
  'src/pictures/chart.ts': {
    'Array.from({ length: count })': '300 columns',
    'padEnd(labelWidth + 1)': fixed,
    'padEnd(column)': '300 columns',
  },
  'src/pictures/svg/axis.ts': {
    'Array.from({ length: mostTicks + 1 })': fixed,
  },
  'src/view/table.ts': {
    'repeat(Math.max(0, width - widthOf(text)))': width,
  },
  'src/view/timeline.ts': {
    'for (index >= 0; index--)': 'the steps: what lies beyond them ended before',
  },
  'src/host/createHost.ts': { 'while (all.some(isBusy))': 'the work in the queues: each round waits for it' },
  'src/host/mentioned.ts': { 'for (at < open.length; at++)': fixed },
  'src/host/queue/alarm.ts': { 'for (key !== undefined; key = due.takeUntil(clock.now()))': taken },
  'src/host/queue/dueHeap.ts': {
    'while (heap[0] && !isCurrent(heap[0]))': taken,
    'while (at > 0)': halves,
    'while (2 * at + 1 < heap.length)': halves,
  },
  'src/host/queue/keyedQueue.ts': { "while (state.is === 'started' && running.size < concurrency)": taken },
  'src/host/queue/pacing.ts': {
    'while (state.turn || state.begun >= mostInTurn)': 'the reconciles that wait: each turn lets some of them begin',
  },
  'src/host/run.ts': {
    'while (!signal.aborted)': 'the host ends it, and each round waits for the clock or the watches',
  },
  'src/input/text/yamlParts.ts': {
    'for (let at = from; ; at = lineAfter(text, at))': ahead,
    "while (text[column] === ' ')": ahead,
  },
  'src/memory/liveObjects.ts': { 'for (next; next = untold.shift())': taken },
  'src/memory/manualClock.ts': { 'for (next; next = nextOf(timers, end))': 'the timers that are due until the end' },
  'src/scenario/sweep/sweep.ts': { 'for (seed < last; seed++)': 'the number of runs that was asked for' },
  'src/scenario/sweep/sweepSimulation.ts': {
    'for (seed < first + count; seed++)': 'the number of runs that was asked for',
  },
}
