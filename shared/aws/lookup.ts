/** CloudTrail's LookupEvents, a page at a time. Knows how it answers; refuses to know what the records mean. */

import { type CloudTrailClient, LookupEventsCommand, type LookupEventsCommandOutput } from '@aws-sdk/client-cloudtrail'
import type { Answer, Page, Search } from '../backfill/chains.ts'
import type { Span } from '../backfill/windows.ts'
import { explain, failureOf } from './failure.ts'

/** Never throws. @param cloudtrail of one attempt: who asks again, and when, is for the one who keeps the rate to say */
export async function lookUpPage(
  cloudtrail: CloudTrailClient,
  question: { readonly search: Search; readonly span: Span; readonly token: string | null },
): Promise<Answer<unknown>> {
  const { search, span, token } = question
  const command = new LookupEventsCommand({
    LookupAttributes: [{ AttributeKey: search.key, AttributeValue: search.value }],
    StartTime: new Date(span.from),
    EndTime: new Date(span.to),
    MaxResults: 50,
    ...(token === null ? {} : { NextToken: token }),
  })
  try {
    return pageFrom(await cloudtrail.send(command))
  } catch (error) {
    return answerTo(error, token)
  }
}

function pageFrom({ Events, NextToken }: LookupEventsCommandOutput): Answer<unknown> {
  // Always there; an answer without it came from somewhere else, and would read as "nothing happened".
  if (Events === undefined) return { kind: 'failed', why: 'CloudTrail LookupEvents answered no list' }
  const records: Page<unknown>['records'][number][] = []
  for (const { EventTime, CloudTrailEvent } of Events) {
    if (EventTime === undefined || CloudTrailEvent === undefined)
      return { kind: 'failed', why: 'CloudTrail LookupEvents answered an event without its time or its record' }
    records.push({ at: Math.floor(EventTime.getTime() / 1_000) * 1_000, record: parsed(CloudTrailEvent) })
  }
  return { kind: 'page', page: { records, next: NextToken ?? null } }
}

/** What is no JSON stays text: whoever reads it says that it could not. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function answerTo(error: unknown, token: string | null): Answer<unknown> {
  if (token !== null && error instanceof Error && error.name === 'InvalidNextTokenException')
    return { kind: 'token-lost' }
  const failure = failureOf(error)
  // What got no answer is asked again like what came too fast.
  if (failure === 'throttled' || failure === 'broken')
    return { kind: 'throttled', why: explain('CloudTrail LookupEvents', error) }
  return { kind: 'failed', why: explain('CloudTrail LookupEvents', error) }
}
