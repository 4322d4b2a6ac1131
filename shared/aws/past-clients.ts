/** The SDK clients that only a backfill uses. A person waits: they try longer than a function may. */

import { AccountClient } from '@aws-sdk/client-account'
import { S3Client } from '@aws-sdk/client-s3'
import { STSClient } from '@aws-sdk/client-sts'
import { type Limits, type Place, transport } from './clients.ts'

const LIMITS: Limits = { connectionMs: 3_000, requestMs: 30_000, attempts: 4 }

/** For an answer that is only told: from a network that reaches S3 and no STS, it is not waited for long. */
const BRIEF: Limits = { connectionMs: 2_000, requestMs: 3_000, attempts: 2 }

export function accountClient(place: Place): AccountClient {
  return new AccountClient({ ...place, ...transport(LIMITS) })
}

/** By path: an endpoint given by hand has no host for each bucket. */
export function s3Client(place: Place): S3Client {
  return new S3Client({ ...place, ...transport(LIMITS), forcePathStyle: true, followRegionRedirects: true })
}

export function stsClient(place: Place): STSClient {
  return new STSClient({ ...place, ...transport(LIMITS) })
}

export function briefStsClient(place: Place): STSClient {
  return new STSClient({ ...place, ...transport(BRIEF) })
}
