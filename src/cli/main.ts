#!/usr/bin/env node
import process from 'node:process'
import { endQuietlyIfUnwritable } from './output'
import { runCommandLine } from './runCommandLine'

endQuietlyIfUnwritable()
const exitCode = runCommandLine(process.argv.slice(2))
if (typeof exitCode === 'number') process.exitCode = exitCode
else void exitCode.then((code) => (process.exitCode = code))
