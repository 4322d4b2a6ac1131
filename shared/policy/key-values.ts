/** Which values keys have by nature: readable samples of them, and what some of them are limited to. */

import { parseRange } from './address.ts'
import { ANY, DIGIT_ANY, FIELD_ANY, FIELD_STAR, type Glob, glob, NAME_ANY, NAME_STAR, STAR } from './glob.ts'
import { parseMoment, writeMoment } from './moment.ts'
import type { TextSet } from './text-set.ts'
import { parseNumber } from './value.ts'

/** What a caller's call holds where nothing asks for anything else. */
export const SAMPLES: ReadonlyMap<string, readonly string[]> = new Map([
  ['aws:currenttime', ['2026-11-21T12:00:00Z']],
  ['aws:tokenissuetime', ['2026-11-21T11:00:00Z']],
  ['aws:epochtime', ['1795262400']],
  [
    'aws:requestedregion',
    [
      'us-east-1',
      'eu-west-1',
      'us-west-2',
      'ap-southeast-1',
      'ca-central-1',
      'sa-east-1',
      'us-gov-west-1',
      'cn-north-1',
    ],
  ],
  ['aws:useragent', ['aws-cli/2.31.0']],
  ['aws:sourceip', ['203.0.113.10']],
  ['aws:sourcevpc', ['vpc-1a2b3c4d']],
  ['aws:sourcevpce', ['vpce-1a2b3c4d']],
  ['aws:multifactorauthage', ['600']],
  ['aws:securetransport', ['true']],
  ['aws:viaawsservice', ['false']],
  ['sts:rolesessionname', ['example-session']],
  ['sts:externalid', ['example-external-id']],
  ['saml:aud', ['https://signin.aws.amazon.com/saml', 'https://us-east-1.signin.aws.amazon.com/saml']],
  ['cognito-identity.amazonaws.com:amr', ['authenticated', 'unauthenticated']],
])

/** Keys that hold the time of the call. */
export const CLOCK: ReadonlySet<string> = new Set(['aws:currenttime', 'aws:epochtime'])

/** The time as a clock's key holds it: whole seconds, not before. */
export function spelt(now: number, name: string): readonly string[] {
  const ms = Math.ceil(now / 1000) * 1000
  return [name === 'aws:epochtime' ? String(ms / 1000) : writeMoment(ms)]
}

/** Moments from this one on, as a clock's key holds them. */
export function from(now: number, name: string): TextSet {
  const kind = TYPED.get(name)
  return among((text) => kind?.has(text) !== false && (parseMoment(text) ?? -1) >= now)
}

const among = (has: TextSet['has']): TextSet => ({ has, globs: null })
const MOMENTS = among((text) => parseMoment(text) !== null)
const ADDRESSES = among((text) => parseRange(text) !== null)

/** A time in seconds, as every call carries it (IAM User Guide, aws:EpochTime). */
const SECONDS = among((text) => /^\d{10}$/.test(text))
// What STS takes of a caller (API reference, AssumeRole). It wants two characters, and of an ExternalId no blanks: documents ask for both.
const NAMES: TextSet = { has: (text) => /^[\w+=,.@-]+$/.test(text), globs: () => [[NAME_ANY, NAME_STAR]] }
const DIGITS: Glob = Array.from({ length: 12 }, () => DIGIT_ANY)
const ACCOUNTS: TextSet = { has: (text) => /^\d{12}$/.test(text), globs: () => [DIGITS] }
const COLON = 58
/** Partition, service and resource are never empty. */
const ARN_BEGIN: Glob = [
  ...[...glob('arn:'), FIELD_ANY, FIELD_STAR, COLON, FIELD_ANY, FIELD_STAR, COLON],
  ...[FIELD_STAR, COLON],
]
/** ARNs of an account, whatever it has; a bucket's names none. */
export const OF_ACCOUNT: TextSet = {
  has: (text) => /^arn:[^:]+:[^:]+:[^:]*:\d{12}:./s.test(text),
  globs: () => [[...ARN_BEGIN, ...DIGITS, COLON, ANY, STAR]],
}
export const OF_NO_ACCOUNT: TextSet = {
  has: (text) => /^arn:[^:]+:[^:]+:[^:]*::./s.test(text),
  globs: () => [[...ARN_BEGIN, COLON, ANY, STAR]],
}
const ARNS: TextSet = {
  has: (text) => OF_ACCOUNT.has(text) || OF_NO_ACCOUNT.has(text),
  globs: () => [OF_ACCOUNT, OF_NO_ACCOUNT].flatMap(({ globs }) => globs?.() ?? []),
}
const IDS: TextSet = { has: (text) => text !== '', globs: () => [[ANY, STAR]] }

/** Keys that hold nothing but numbers, dates, addresses or the characters STS takes. */
export const TYPED: ReadonlyMap<string, TextSet> = new Map([
  ['aws:currenttime', MOMENTS],
  ['aws:tokenissuetime', MOMENTS],
  ['aws:epochtime', SECONDS],
  ['aws:multifactorauthage', among((text) => (parseNumber(text) ?? -1) >= 0)],
  ['aws:sourceip', ADDRESSES],
  ['aws:vpcsourceip', ADDRESSES],
  ['aws:sourceaccount', ACCOUNTS],
  ['aws:sourcearn', ARNS],
  ['sts:externalid', IDS],
  ['sts:rolesessionname', NAMES],
  ['sts:sourceidentity', NAMES],
])
