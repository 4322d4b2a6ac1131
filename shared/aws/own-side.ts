/** IAM's policy simulator as far as `can` asks it: do a user's or role's own policies allow assuming a role? Knows no trust policy. */

import {
  type ContextEntry,
  type ContextKeyTypeEnum,
  type EvaluationResult,
  type IAMClient,
  paginateSimulatePrincipalPolicy,
} from '@aws-sdk/client-iam'
import type { OwnSide, OwnSideQuestion } from '../ports.ts'
import { explain, failureOf } from './failure.ts'

/** The first action that is not allowed speaks. */
export async function askOwnSide(iam: IAMClient, question: OwnSideQuestion): Promise<OwnSide> {
  try {
    return await simulate(iam, question)
  } catch (error) {
    if (failureOf(error) === 'missing')
      return unknown(`IAM knows no ${question.caller}: it does not exist, or the credentials belong to another account`)
    if (failureOf(error) === 'denied')
      return unknown(`${explain('IAM SimulatePrincipalPolicy', error)}: it needs iam:SimulatePrincipalPolicy`)
    return unknown(explain('IAM SimulatePrincipalPolicy', error))
  }
}

async function simulate(iam: IAMClient, { caller, role, actions, context }: OwnSideQuestion): Promise<OwnSide> {
  const pages = paginateSimulatePrincipalPolicy(
    { client: iam },
    {
      PolicySourceArn: caller,
      ActionNames: [...actions],
      ResourceArns: [role],
      ContextEntries: Object.entries(context).map(([key, value]) => entryOf(key, value)),
    },
  )
  const results: EvaluationResult[] = []
  for await (const page of pages) results.push(...(page.EvaluationResults ?? []))
  if (results.length < actions.length) return unknown('IAM SimulatePrincipalPolicy did not answer for every action')
  const refusal = results.find(({ EvalDecision }) => EvalDecision !== 'allowed')
  return refusal === undefined ? { kind: 'allowed' } : refusedBy(refusal)
}

function refusedBy(result: EvaluationResult): OwnSide {
  const { EvalActionName: action = 'the call', EvalDecision, PermissionsBoundaryDecisionDetail: boundary } = result
  const explicit = EvalDecision === 'explicitDeny'
  const organization = result.OrganizationsDecisionDetail?.AllowedByOrganizations === false
  const by = boundary?.AllowedByPermissionsBoundary === false ? 'boundary' : organization ? 'organization' : 'policies'
  return { kind: 'refused', action, explicit, by }
}

/** The simulator compares a value by the type it is given with. */
const TYPES: readonly (readonly [RegExp, ContextKeyTypeEnum])[] = [
  [/^aws:(?:multifactorauthpresent|securetransport|viaawsservice|principalisawsservice)$/, 'boolean'],
  [/^aws:(?:multifactorauthage|epochtime)$/, 'numeric'],
  [/^aws:(?:currenttime|tokenissuetime)$/, 'date'],
  [/^aws:(?:vpc)?sourceip$/, 'ip'],
]

function entryOf(key: string, value: string | readonly string[]): ContextEntry {
  const type = TYPES.find(([pattern]) => pattern.test(key.toLowerCase()))?.[1] ?? 'string'
  if (typeof value === 'string') return { ContextKeyName: key, ContextKeyType: type, ContextKeyValues: [value] }
  return { ContextKeyName: key, ContextKeyType: 'stringList', ContextKeyValues: [...value] }
}

function unknown(why: string): OwnSide {
  return { kind: 'unknown', why }
}
