/** A bucket to which trails deliver, as log files. Knows no event. */

import { GetObjectCommand, paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3'
import { isLogName } from '../backfill/log-name.ts'
import type { LogFile } from '../backfill/logs.ts'
import { ask, explain } from './failure.ts'

export interface Prefix {
  readonly bucket: string
  readonly prefix: string
}

/** `s3://bucket/prefix`; null for anything else. */
export function bucketPrefix(text: string): Prefix | null {
  const parts = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/s.exec(text)
  return parts ? { bucket: parts[1] ?? '', prefix: parts[2] ?? '' } : null
}

/**
 * In the order of their keys, which within one account and region is the order of their times.
 * @param isRead says of a file, by name and size, that it need not be read again
 * @throws PortError where the bucket cannot be listed: nobody knows then what else is in it
 */
export async function* logBucket(
  s3: S3Client,
  { bucket, prefix }: Prefix,
  isRead: (name: string) => boolean,
): AsyncGenerator<LogFile> {
  const pages = paginateListObjectsV2({ client: s3 }, { Bucket: bucket, Prefix: prefix })
  for (let page = await next(pages); !page.done; page = await next(pages)) {
    for (const { Key = '', Size = -1 } of page.value.Contents ?? []) {
      const name = `s3://${bucket}/${Key} ${Size}`
      if (isLogName(Key) && !isRead(name)) yield { name, bytes: () => bytesOf(s3, bucket, Key) }
    }
  }
}

function next<T>(pages: AsyncGenerator<T, undefined>): Promise<IteratorResult<T, undefined>> {
  return ask('S3 ListObjectsV2', pages.next())
}

async function bytesOf(s3: S3Client, Bucket: string, Key: string): Promise<Buffer> {
  try {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }))
    if (Body === undefined) throw new Error('S3 answered without a body')
    return Buffer.from(await Body.transformToByteArray())
  } catch (error) {
    throw new Error(explain('S3 GetObject', error), { cause: error })
  }
}
