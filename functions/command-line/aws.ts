/** AWS for the command: loaded only when a verb asks for it, so that everything else starts without the SDK. */

import { type IAMClient, ListRolesCommand } from '@aws-sdk/client-iam'
import {
  appRunnerClient,
  cloudTrailClient,
  iamClient,
  type Limits,
  type Place,
  ssmClient,
} from '../../shared/aws/clients.ts'
import { parametersUnder } from '../../shared/aws/configuration.ts'
import { ask } from '../../shared/aws/failure.ts'
import { historyOf } from '../../shared/aws/history.ts'
import { askOwnSide } from '../../shared/aws/own-side.ts'
import { rolesOf } from '../../shared/aws/roles.ts'
import { servicesOf } from '../../shared/aws/services.ts'
import { type AccountId, accountId, roleArn } from '../../shared/identity.ts'
import type { MergedConfig } from '../../shared/merge-config.ts'
import { partitionOfRegion } from '../../shared/partition.ts'
import type { History, OwnSide, OwnSideQuestion, Roles } from '../../shared/ports.ts'
import { readHistory } from '../../shared/recorded-history.ts'
import type { Services } from '../../shared/service-ports.ts'

export interface Aws {
  readonly account: AccountId
  /** IAM's home region. */
  readonly region: string
  readonly roles: Roles
  readonly history: History
  /** Each asked in the region it runs in. */
  readonly services: Services
  /** What the caller's own policies say; never throws. */
  readonly ownSide: (question: OwnSideQuestion) => Promise<OwnSide>
}

/** Nobody stops the command after a minute, so it may wait longer than a function. */
const LIMITS = {
  apprunner: { connectionMs: 3_000, requestMs: 15_000, attempts: 5 },
  iam: { connectionMs: 3_000, requestMs: 15_000, attempts: 8 },
  cloudtrail: { connectionMs: 3_000, requestMs: 15_000, attempts: 4 },
  ssm: { connectionMs: 3_000, requestMs: 15_000, attempts: 4 },
} as const satisfies Readonly<Record<string, Limits>>

/** @param known the account, where it is given; otherwise IAM is asked whose the credentials are */
export async function openAws(place: Place, known: AccountId | null): Promise<Aws> {
  const home = await homeOf(place)
  const iam = iamClient(LIMITS.iam, home)
  const account = known ?? (await accountOf(iam))
  const cloudtrail = cloudTrailClient(LIMITS.cloudtrail, home)
  return {
    account,
    region: home.region,
    roles: rolesOf(iam, account),
    services: servicesOf((region) => appRunnerClient(LIMITS.apprunner, { ...place, region }), { ownAccount: account }),
    history: readHistory(historyOf(cloudtrail, { ownAccount: account, clock: Date.now })),
    ownSide: (question) => askOwnSide(iam, question),
  }
}

/** What the functions read: like them, in the home region of IAM, where the stack is. */
export async function storedConfig(place: Place, path: string): Promise<MergedConfig> {
  return parametersUnder(ssmClient(LIMITS.ssm, await homeOf(place)), path)
}

/** IAM and its CloudTrail events live in the partition's home region, whatever region one works in. */
async function homeOf(place: Place): Promise<Place & { readonly region: string }> {
  const region = place.region ?? (await regionOfProfile(place))
  return { ...place, region: partitionOfRegion(region)?.home ?? region }
}

/** Like the AWS CLI, which needs no region for IAM: without one, the partition is the public one. */
export async function regionOfProfile(place: Place): Promise<string> {
  try {
    return await iamClient(LIMITS.iam, place).config.region()
  } catch {
    return 'us-east-1'
  }
}

/** Every role's ARN names its account, and an account without a single role has nothing to look at. */
async function accountOf(iam: IAMClient): Promise<AccountId> {
  const { Roles: [first] = [] } = await ask('IAM ListRoles', iam.send(new ListRolesCommand({ MaxItems: 1 })))
  const account = accountId(roleArn(first?.Arn)?.split(':')[4])
  if (account === null) throw new Error('IAM names no role of the account: give the account with --account')
  return account
}
