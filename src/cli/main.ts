#!/usr/bin/env node
import process from 'node:process'
import { endQuietlyIfUnwritable } from './output'
import { runCommandLine } from './runCommandLine'

endQuietlyIfUnwritable()
process.exitCode = runCommandLine(process.argv.slice(2))
