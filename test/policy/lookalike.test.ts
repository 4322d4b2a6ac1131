import { describe, expect, it } from 'vitest'
import { type LookalikeKind, lookalike } from '../../shared/policy/lookalike.ts'
import { allow, OWN, one, own, policy } from './build.ts'

const permissions = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }
const role = { RoleName: 'Deploy', AssumeRolePolicyDocument: JSON.parse(policy(allow(own))) }

const OTHERS: readonly (readonly [string, LookalikeKind, unknown])[] = [
  ['a permissions policy', 'permissions-policy', JSON.parse(policy(permissions))],
  [
    'the right to assume roles',
    'permissions-policy',
    JSON.parse(policy({ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: `arn:aws:iam::${OWN}:role/Deploy` })),
  ],
  [
    'a permissions policy by NotAction',
    'permissions-policy',
    JSON.parse(policy({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' })),
  ],
  ['a bucket policy', 'resource-policy', JSON.parse(policy({ ...permissions, Principal: '*' }))],
  ['what GetRole answers', 'role-answer', { Role: role }],
  ['what ListRoles answers', 'role-answer', { Roles: [role], IsTruncated: false }],
  ['what GetPolicyVersion answers', 'policy-answer', { PolicyVersion: { Document: {}, VersionId: 'v1' } }],
  ['what GetRolePolicy answers', 'policy-answer', { RoleName: 'Deploy', PolicyName: 'x', PolicyDocument: {} }],
  ['an event of EventBridge', 'event', { 'detail-type': 'AWS API Call via CloudTrail', detail: {} }],
  ['a file of CloudTrail', 'event', { Records: [] }],
  [
    'a CloudFormation template',
    'cloudformation',
    { Resources: { Deploy: { Type: 'AWS::IAM::Role', Properties: role } } },
  ],
  [
    'a CloudFormation template in YAML',
    'cloudformation',
    'AWSTemplateFormatVersion: "2010-09-09"\nResources:\n  Deploy:\n    Type: AWS::IAM::Role\n',
  ],
  [
    'Terraform',
    'terraform',
    'resource "aws_iam_role" "deploy" {\n  assume_role_policy = jsonencode({ Version = "2012-10-17" })\n}\n',
  ],
  ['Terraform data', 'terraform', '# who\n\tdata "aws_iam_policy_document" "trust" {\r\n  statement {\r\n  }\r\n}'],
  ['what terraform show prints', 'terraform', { format_version: '1.2', terraform_version: '1.9.8', values: {} }],
  ['a trust policy in YAML', 'yaml', 'Version: "2012-10-17"\nStatement:\n  - Effect: Allow\n'],
]

describe('what is given for a trust policy and is none', () => {
  it.each(OTHERS)('%s is called by its name, with what to do', (_, kind, content) => {
    const found = lookalike(typeof content === 'string' ? content : JSON.stringify(content))
    expect(found?.kind).toBe(kind)
    expect(found?.says).toMatch(/^looks like .*[a-z)]\.$/s)
  })
})

describe('what is a trust policy, however broken', () => {
  it.each([
    ['a trust policy', policy(allow(own))],
    ['one with a Resource', one({ ...allow(own), Resource: '*' })],
    ['one of every action', one({ ...allow(own, undefined, 'sts:*'), Resource: '*' })],
    ['one without a principal', one({ Effect: 'Allow', Action: 'sts:AssumeRole' })],
    ['an empty object', '{}'],
    ['nothing', ''],
    ['a word', 'resource'],
    ['JSON cut short', policy(allow(own)).slice(0, -5)],
    ['a Statement that is a word', '{"Statement":"resource"}'],
    ['what nests too deeply', '['.repeat(100_000)],
  ])('%s is not called anything else', (_, text) => expect(lookalike(text)).toBeNull())

  it('lines without end take no time', () => {
    const start = performance.now()
    for (const line of ['\n', ' ', 'resource ', 'data', '"']) lookalike(line.repeat(500_000 / line.length))
    // Hundreds of times what it takes: only a search that goes wild is slower.
    expect(performance.now() - start).toBeLessThan(10_000)
  })
})
