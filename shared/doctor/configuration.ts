/** Can the functions read the configuration, and does it say what it should? Pure. */

import { type Config, configNotes } from '../config.ts'
import { idleIn, misnamed } from '../exceptions.ts'
import type { MergedConfig } from '../merge-config.ts'
import type { SweepState } from '../ports.ts'
import type { Answer } from './answer.ts'
import { type Check, failed, notKnown, ok, type Subject, skipped, toDo, warned } from './check.ts'
import { awsCommand } from './command.ts'
import type { Stack } from './stack.ts'

const CONFIGURATION: Subject = {
  id: 'configuration',
  title: 'Configuration',
  why: 'With a configuration that cannot be read, the functions go on with the last good one or with none: accounts you trust count as foreign.',
}

interface Around {
  readonly stack: Stack
  /** How far the last sweep is, which saw what exceptions are good for. */
  readonly sweep: Answer<SweepState | null>
  /** Milliseconds since the epoch. */
  readonly now: number
}

/** @param merged as the functions merge it: every parameter under the path */
export function configurationCheck(merged: Answer<MergedConfig>, path: string, around: Around): Check {
  const { stack, now } = around
  if (merged.kind === 'not-known') return notKnown(CONFIGURATION, merged)
  const nothing = ok(CONFIGURATION, `no parameter under ${path}: the defaults count, and no account is trusted`)
  if (merged.kind === 'missing') return nothing
  const { config, faults, parts } = merged.value
  if (faults.length > 0) return faulty(faults, stack)
  if (parts.length === 0) return nothing
  const notes = [...configNotes(config, stack.account, now), ...idleWords(config, around)]
  if (notes.length === 0) return ok(CONFIGURATION, `valid: ${parts.map(({ source }) => source).join(', ')}`)
  return warned(CONFIGURATION, notes.join('; '), toDo('Renew what is still true, and take out what is not.'))
}

/** Only a sweep that has ended has seen every role. */
function idleWords(config: Config, { sweep, now }: Around): readonly string[] {
  const state = sweep.kind === 'known' ? sweep.value : null
  const idle = state?.done === true ? (idleIn(config, state.exceptions, now) ?? []) : []
  return [...misnamed(config), ...idle].map(({ says }) => says)
}

function faulty(faults: MergedConfig['faults'], stack: Stack): Check {
  const words = faults.map(
    ({ source, path, message, line, column }) => `${source}:${line}:${column} ${path || 'the parameter'} ${message}`,
  )
  const commands = [...new Set(faults.map(({ source }) => source))].map((name) =>
    awsCommand(stack, 'ssm put-parameter', { name, type: 'String', overwrite: null, value: 'file://trustdrift.json' }),
  )
  return failed(CONFIGURATION, words.join('; '), toDo('Mend the JSON and write it anew.', ...commands))
}

export function noConfigurationCheck(): Check {
  return skipped(CONFIGURATION, 'the stack was deployed from a template without ConfigPath')
}
