/** AWS for a backfill: whose account it is, its regions, a bucket of logs. Loaded only where it is asked for, with its SDK clients. */

import type { Place } from '../../shared/aws/clients.ts'
import { explain } from '../../shared/aws/failure.ts'
import { callerOf } from '../../shared/aws/inspection/stack.ts'
import { bucketPrefix, logBucket } from '../../shared/aws/log-bucket.ts'
import { accountClient, s3Client, stsClient } from '../../shared/aws/past-clients.ts'
import { enabledRegions } from '../../shared/aws/regions.ts'
import type { LogFile } from '../../shared/backfill/logs.ts'
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
  /** Milliseconds by which AWS's clock is ahead of this computer's; 0 up to five minutes, which the SDK takes for none. */
  readonly clockOffset: number
  readonly roles: Roles
  readonly services: Services
  /** Those that were named by hand, else all that are enabled; `why` where that is not known, and the home region stands for them. */
  readonly regions: () => Promise<{ readonly names: readonly string[]; readonly why: string | null }>
}

/** @throws where AWS cannot be asked, or the credentials belong to another account than the one named */
export async function openPast({ place, account: wanted }: Settings, named: readonly string[]): Promise<Past> {
  const sts = stsClient({ ...place, region: place.region ?? (await regionOfProfile(place)) })
  const caller = await callerOf(sts).catch((error: unknown) => {
    throw place.profile === undefined ? error : ofProfile(place.profile, error)
  })
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

function ofProfile(profile: string, cause: unknown): Error {
  return new Error(`With profile ${profile}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
}

/** Null where the text names no bucket. */
export function bucketFiles(
  text: string,
  place: Place,
  isRead: (name: string) => boolean,
): AsyncIterable<LogFile> | null {
  const prefix = bucketPrefix(text)
  return prefix && logBucket(s3Client(withRegion(place)), prefix, isRead)
}

async function regionsOf(place: Place & { readonly region: string }, named: readonly string[]) {
  if (named.length > 0) return { names: named, why: null }
  try {
    return { names: await enabledRegions(accountClient(place)), why: null }
  } catch (error) {
    return { names: [place.region], why: `${explain('Account ListRegions', error)}; name the regions with --region` }
  }
}

/** Like the AWS CLI's for global services. */
function withRegion(place: Place): Place {
  return place.region === undefined && place.profile === undefined ? { ...place, region: 'us-east-1' } : place
}
