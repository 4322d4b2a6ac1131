/** The functions' configuration: SSM parameters under one path, merged, kept for minutes. Knows what makes it unusable, not what is done about that. */

import { GetParametersByPathCommand, type Parameter, type SSMClient } from '@aws-sdk/client-ssm'
import type { Config } from '../config.ts'
import { type ConfigText, type MergedConfig, mergeConfigs, type SourcedFault } from '../merge-config.ts'
import { ask, explain } from './failure.ts'

export interface LiveConfiguration {
  /** Never throws: without a usable one, the last good one, else the empty one. */
  current(): Promise<Config>
}

interface Around {
  /** Milliseconds since the epoch. */
  readonly clock: () => number
  /** Told each time the parameters were asked for and cannot be used; names and places, never values. */
  readonly failed: (why: readonly string[]) => void
}

/** Milliseconds after which no further call begins; one already waiting to be repeated adds at most a second. */
export const CONFIGURATION_MS = 1_500
const KEPT_MS = 5 * 60_000
/** What is broken costs its time once a minute, not with every signal. */
const AGAIN_MS = 60_000

export function configurationOf(client: SSMClient, path: string, { clock, failed }: Around): LiveConfiguration {
  let good: Config = {}
  let until = Number.NEGATIVE_INFINITY
  let asking: Promise<Config> | null = null
  const renew = async (): Promise<Config> => {
    const { config, why } = await attempt(client, path)
    if (why.length > 0) failed(why)
    else good = config
    until = clock() + (why.length > 0 ? AGAIN_MS : KEPT_MS)
    return good
  }
  return {
    current: async () => {
      if (clock() < until) return good
      asking ??= renew().finally(() => {
        asking = null
      })
      return asking
    },
  }
}

interface Attempt {
  readonly config: Config
  /** Empty: usable. */
  readonly why: readonly string[]
}

async function attempt(client: SSMClient, path: string): Promise<Attempt> {
  try {
    const { config, faults } = await parametersUnder(client, path, AbortSignal.timeout(CONFIGURATION_MS))
    return { config, why: faults.map(({ source, path, message }) => `${source} ${path} ${message}`) }
  } catch (error) {
    return { config: {}, why: [explain(CALL, error)] }
  }
}

const CALL = 'SSM GetParametersByPath'

/**
 * Every parameter under the path, whatever its depth, merged in the order of the names. None is a valid, empty configuration.
 * @throws PortError where they cannot be read
 */
export async function parametersUnder(client: SSMClient, path: string, signal?: AbortSignal): Promise<MergedConfig> {
  const parameters = [...(await everyPage(client, path, signal))].sort(byName)
  const merged = mergeConfigs(parameters.filter((one) => !isSecret(one)).map(textOf))
  const faults = [...parameters.filter(isSecret).map(secretFault), ...merged.faults]
  return faults.length === 0 ? merged : { ...merged, config: {}, faults }
}

async function everyPage(client: SSMClient, path: string, abortSignal?: AbortSignal): Promise<readonly Parameter[]> {
  const found: Parameter[] = []
  let token: string | undefined
  do {
    const command = new GetParametersByPathCommand({ Path: path, Recursive: true, NextToken: token })
    const answer = await ask(CALL, client.send(command, abortSignal ? { abortSignal } : {}))
    // A page may be empty and still have a next one.
    found.push(...(answer.Parameters ?? []))
    token = answer.NextToken
  } while (token)
  return found
}

function byName(one: Parameter, other: Parameter): number {
  return nameOf(one) < nameOf(other) ? -1 : 1
}

function nameOf({ Name = '' }: Parameter): string {
  return Name
}

function textOf(parameter: Parameter): ConfigText {
  return { source: nameOf(parameter), text: parameter.Value ?? '' }
}

/** Whom one trusts is no secret, and a key's permission would be one more thing that can fail. */
function isSecret({ Type }: Parameter): boolean {
  return Type === 'SecureString'
}

function secretFault(parameter: Parameter): SourcedFault {
  const message = 'is a SecureString, which is not decrypted here: store it as a String'
  return { source: nameOf(parameter), path: '', message, line: 1, column: 1 }
}
