/** AWS for a backfill: whose account it is, its regions, a bucket of logs. Loaded only where it is asked for, with its SDK clients. */

import type { Place } from '../../shared/aws/clients.ts'
import { explain } from '../../shared/aws/failure.ts'
import { callerOf } from '../../shared/aws/inspection/stack.ts'
import { bucketPrefix, logBucket } from '../../shared/aws/log-bucket.ts'
import { accountClient, briefStsClient, s3Client, stsClient } from '../../shared/aws/past-clients.ts'
import { enabledRegions } from '../../shared/aws/regions.ts'
import type { LogFile } from '../../shared/backfill/logs.ts'
import type { Identity } from '../../shared/doctor/stack.ts'
import { accountId } from '../../shared/identity.ts'
import type { Roles } from '../../shared/ports.ts'
import type { Services } from '../../shared/service-ports.ts'
import { openAws, regionOfProfile } from './aws.ts'
import type { Settings } from './settings.ts'

export interface Past {
  readonly account: string
  /** IAM's home region. */
  readonly region: string
  /** The ARN of the credentials. */
  readonly caller: string
  /** Milliseconds by which AWS's clock is ahead of this computer's, as exact as one answer tells: AWS dates it in whole seconds. */
  readonly clockOffset: number
  readonly roles: Roles
  readonly services: Services
  /** Those that were named by hand, else all that are enabled; `why` where that is not known, and the home region stands for them. */
  readonly regions: () => Promise<{ readonly names: readonly string[]; readonly why: string | null }>
}

/** @throws where AWS cannot be asked, or the credentials belong to another account than the one named */
export async function openPast({ place, account: wanted }: Settings, named: readonly string[]): Promise<Past> {
  const sts = stsClient({ ...place, region: place.region ?? (await regionOfProfile(place)) })
  const caller = await askedAs(place, sts)
  const account = accountId(caller.account)
  if (account === null || (wanted !== null && wanted !== account))
    throw new Error(
      `These credentials belong to account ${caller.account}, and --account says ${wanted}: choose others with --profile`,
    )
  const { region, roles, services } = await openAws(place, account)
  const clockOffset = sts.config.systemClockOffset
  return {
    ...{ account, region, caller: caller.arn, roles, services, clockOffset },
    regions: () => regionsOf({ ...place, region }, named),
  }
}

/** @throws where STS does not say, with the profile that was to be used */
async function askedAs({ profile }: Place, sts: Parameters<typeof callerOf>[0]): Promise<Identity> {
  try {
    return await callerOf(sts)
  } catch (error) {
    if (profile === undefined) throw error
    throw new Error(`With profile ${profile}: ${messageOf(error)}`, { cause: error })
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

export interface Bucket {
  readonly region: string
  /** Whose credentials read it; `why` where STS does not say, which keeps nobody from reading. */
  readonly caller: Caller
  readonly files: (isRead: (name: string) => boolean) => AsyncIterable<LogFile>
}

type Caller =
  | { readonly kind: 'known'; readonly account: string; readonly arn: string }
  | { readonly kind: 'unknown'; readonly why: string }

/** Null where the text names no bucket. Reads nothing of it yet. */
export async function openBucket(text: string, place: Place): Promise<Bucket | null> {
  const prefix = bucketPrefix(text)
  if (prefix === null) return null
  const there = { ...place, region: place.region ?? (await regionOfProfile(place)) }
  const caller = await askedAs(there, briefStsClient(there)).then(
    (identity): Caller => ({ kind: 'known', ...identity }),
    (error): Caller => ({ kind: 'unknown', why: messageOf(error) }),
  )
  const s3 = s3Client(there)
  return { region: there.region, caller, files: (isRead) => logBucket(s3, prefix, isRead) }
}

async function regionsOf(place: Place & { readonly region: string }, named: readonly string[]) {
  if (named.length > 0) return { names: named, why: null }
  try {
    return { names: await enabledRegions(accountClient(place)), why: null }
  } catch (error) {
    return { names: [place.region], why: `${explain('Account ListRegions', error)}; name the regions with --region` }
  }
}
