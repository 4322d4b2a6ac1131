/** Can the functions read the configuration, and does it say what it should? Pure. */

import { type Config, configNotes } from '../config.ts'
import { parseConfig } from '../parse-config.ts'
import type { Answer } from './answer.ts'
import { type Check, failed, notKnown, ok, type Subject, skipped, toDo, warned } from './check.ts'
import { awsCommand } from './command.ts'
import type { Stack } from './stack.ts'

export interface Parameter {
  readonly name: string
  readonly text: string
  /** A SecureString: the functions have no key for it. */
  readonly encrypted: boolean
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
  const parsed = list.map((parameter) => ({ name: parameter.name, ...read(parameter) }))
  const broken = parsed.filter(({ faults }) => faults.length > 0)
  if (broken.length > 0) {
    const commands = broken.map(({ name }) =>
      awsCommand(stack, 'ssm put-parameter', {
        name,
        type: 'String',
        overwrite: null,
        value: 'file://trustdrift.json',
      }),
    )
    const found = broken.flatMap(({ faults }) => faults).join('; ')
    return failed(CONFIGURATION, found, toDo('Mend the JSON and write it anew.', ...commands))
  }
  const notes = parsed.flatMap(({ name, config }) =>
    configNotes(config, stack.account, now).map((note) => `${name}: ${note}`),
  )
  const names = list.map(({ name }) => name).join(', ')
  if (notes.length === 0) return ok(CONFIGURATION, `valid: ${names}`)
  return warned(CONFIGURATION, notes.join('; '), toDo('Renew what is still true, and take out what is not.'))
}

function read({ name, text, encrypted }: Parameter): { readonly config: Config; readonly faults: readonly string[] } {
  if (encrypted) return { config: {}, faults: [`${name} is a SecureString, which the functions cannot decrypt`] }
  const { config, faults } = parseConfig(text)
  const words = faults.map(
    ({ path, message, line, column }) => `${name}:${line}:${column} ${path || 'the parameter'} ${message}`,
  )
  return { config, faults: words }
}

export function noConfigurationCheck(): Check {
  return skipped(CONFIGURATION, 'the stack was deployed from a template without ConfigPath')
}
