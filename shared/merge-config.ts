/** Several configurations → one, in the order given; what contradicts is a fault, never a silent winner. Pure: where the texts come from is not known here. */

import type { Config } from './config.ts'
import { type ConfigFault, faultIn, parseConfig, trustsTheSame } from './parse-config.ts'

export interface ConfigText {
  /** The file or parameter, as people name it. */
  readonly source: string
  readonly text: string
}

export interface ConfigPart {
  readonly source: string
  readonly config: Config
}

export interface SourcedFault extends ConfigFault {
  readonly source: string
}

export interface MergedConfig {
  /** Empty when there is any fault, like that of `parseConfig`. */
  readonly config: Config
  /** What each text says for itself. */
  readonly parts: readonly ConfigPart[]
  readonly faults: readonly SourcedFault[]
}

/** No text at all is the empty configuration. */
export function mergeConfigs(texts: readonly ConfigText[]): MergedConfig {
  const read = texts.map((each) => ({ ...each, ...parseConfig(each.text) }))
  const own = read.flatMap(({ source, faults }) => faults.map((fault) => ({ source, ...fault })))
  const faults = [...own, ...read.flatMap((part, index) => contradictions(part, read.slice(0, index)))]
  const config = faults.length > 0 ? {} : read.reduce<Config>((so, part) => joined(so, part.config), {})
  return { config, parts: read.map(({ source, config }) => ({ source, config })), faults }
}

/** Lists follow each other, accounts of one environment too. Who trusts or silences something is never replaced. */
function joined(one: Config, other: Config): Config {
  return {
    ...one,
    ...other,
    ...(one.organization && other.organization
      ? {
          organization: { ...one.organization, accounts: both(one.organization.accounts, other.organization.accounts) },
        }
      : {}),
    ...(one.trustedAccounts && { trustedAccounts: both(one.trustedAccounts, other.trustedAccounts) }),
    ...(one.exceptions && { exceptions: both(one.exceptions, other.exceptions) }),
    ...(one.vendors && { vendors: both(one.vendors, other.vendors) }),
    ...(one.environments && { environments: byName(one.environments, other.environments ?? {}) }),
  }
}

function both<T>(one: readonly T[], other: readonly T[] = []): readonly T[] {
  return [...one, ...other]
}

type Environments = NonNullable<Config['environments']>

function byName(one: Environments, other: Environments): Environments {
  const all = new Map(Object.entries(one))
  for (const [name, accounts] of Object.entries(other)) all.set(name, both(all.get(name) ?? [], accounts))
  return Object.fromEntries(all)
}

type Part = ConfigText & ConfigPart

/** What only one text may say, or all must say alike. */
function contradictions(part: Part, earlier: readonly Part[]): readonly SourcedFault[] {
  const { source, text, config } = part
  const fault = (path: readonly (string | number)[], message: string) => ({ source, ...faultIn(text, path, message) })
  const notifies = config.notifyAt && earlier.find((other) => other.config.notifyAt)
  const { organization } = config
  const belongs = organization && earlier.find(({ config }) => config.organization?.id)
  const differs = belongs && belongs.config.organization?.id !== organization.id
  return [
    ...(notifies ? [fault(['notifyAt'], `is set in ${notifies.source} already`)] : []),
    ...(differs ? [fault(['organization', 'id'], `is another organisation than in ${belongs.source}`)] : []),
    ...(config.trustedAccounts ?? []).flatMap((trusted, index) => {
      const first = earlier.find((other) => other.config.trustedAccounts?.some((one) => trustsTheSame(one, trusted)))
      return first
        ? [fault(['trustedAccounts', index], `is trusted for the same roles in ${first.source} already`)]
        : []
    }),
  ]
}
