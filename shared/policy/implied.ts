/** What a request says of a key that it leaves out: both keys of the clock hold one time, and tags have keys. */

import { parseMoment, writeMoment } from './moment.ts'
import type { Request } from './request.ts'

const TAG = /^aws:requesttag\//i

/** Null: nothing. @param name in lower case */
export function implied(name: string, { context }: Request): readonly string[] | null {
  if (name === 'aws:tagkeys') return tagKeys(context)
  if (name === 'aws:currenttime') return clock(context, 'aws:epochtime', (seconds) => writeMoment(seconds * 1000))
  return name === 'aws:epochtime' ? clock(context, 'aws:currenttime', String) : null
}

function tagKeys(context: Request['context']): readonly string[] | null {
  const tags = Object.keys(context).filter((key) => TAG.test(key) && context[key]?.length !== 0)
  return tags.length === 0 ? null : tags.map((key) => key.replace(TAG, ''))
}

/** The other key in whole seconds, spelt as this one is. */
function clock(
  context: Request['context'],
  other: string,
  spelt: (seconds: number) => string,
): readonly string[] | null {
  const key = Object.keys(context).find((one) => one.toLowerCase() === other)
  const [text = '', ...more] = key === undefined ? [] : [context[key] ?? []].flat()
  const ms = parseMoment(text)
  return ms === null || more.length > 0 ? null : [spelt(Math.floor(ms / 1000))]
}
