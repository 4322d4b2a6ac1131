/** Can the functions read the configuration, and does it say what it should? Pure. */

import { configNotes } from '../config.ts'
import { parseConfig } from '../parse-config.ts'
import type { Answer } from './answer.ts'
import { type Check, failed, notKnown, ok, type Subject, skipped, toDo, warned } from './check.ts'
import { awsCommand } from './command.ts'
import type { Stack } from './stack.ts'

export interface Parameter {
  readonly name: string
  readonly text: string
}

const CONFIGURATION: Subject = {
  id: 'configuration',
  title: 'Configuration',
  why: 'With a configuration that cannot be read, the functions go on with the last good one or with none: accounts you trust count as foreign.',
}

/** @param now milliseconds since the epoch */
export function configurationCheck(
  parameters: Answer<readonly Parameter[]>,
  path: string,
  { stack, now }: { readonly stack: Stack; readonly now: number },
): Check {
  if (parameters.kind === 'not-known') return notKnown(CONFIGURATION, parameters)
  const list = parameters.kind === 'known' ? parameters.value : []
  if (list.length === 0)
    return ok(CONFIGURATION, `no parameter under ${path}: the defaults count, and no account is trusted`)
  const parsed = list.map(({ name, text }) => ({ name, ...parseConfig(text) }))
  const faults = parsed.flatMap(({ name, faults }) =>
    faults.map(
      ({ path: at, message, line, column }) => `${name}:${line}:${column} ${at || 'the parameter'} ${message}`,
    ),
  )
  if (faults.length > 0) {
    const broken = parsed.filter((one) => one.faults.length > 0)
    const commands = broken.map(({ name }) =>
      awsCommand(stack, 'ssm put-parameter', {
        name,
        type: 'String',
        overwrite: null,
        value: 'file://trustdrift.json',
      }),
    )
    return failed(CONFIGURATION, faults.join('; '), toDo('Mend the JSON and write it anew.', ...commands))
  }
  const notes = parsed.flatMap(({ name, config }) =>
    configNotes(config, stack.account, now).map((note) => `${name}: ${note}`),
  )
  const names = list.map(({ name }) => name).join(', ')
  if (notes.length === 0) return ok(CONFIGURATION, `valid: ${names}`)
  return warned(CONFIGURATION, notes.join('; '), toDo('Renew what is still true, and take out what is not.'))
}

export function noConfigurationCheck(): Check {
  return skipped(CONFIGURATION, 'the stack was deployed from a template without ConfigPath')
}
