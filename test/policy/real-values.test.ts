/** What the caller shown sends is what GitHub, AWS and others really make, not any text that happens to fit. */

import { describe, expect, it } from 'vitest'
import { compareTrust } from '../../shared/policy/compare.ts'
import { ABOUT, allow, everyone, foreign, GITHUB, OWN, policy, root, WEB } from './build.ts'

const provider = (issuer: string) => ({ Federated: `arn:aws:iam::${OWN}:oidc-provider/${issuer}` })
const SUB = 'token.actions.githubusercontent.com:sub'

type Given = string | readonly string[]

/** What he sends under the key who gets in by the one pattern and not by the others. */
function sent(
  of: { readonly principal: unknown; readonly key: string; readonly action?: string },
  ...asked: readonly Given[]
) {
  const [gives, before] = asked
  const by = (values: Given) => policy(allow(of.principal, { StringLike: { [of.key]: values } }, of.action))
  const { gained } = compareTrust(before === undefined ? null : by(before), by(gives ?? ''), ABOUT)
  return gained[0]?.witness.context[of.key]
}

// the subject asked for, before: what was, the subject shown
const GITHUB_SUBJECTS: readonly (readonly [string, Given, string])[] = [
  ['repo:acme/x:*', 'repo:acme/x:ref:refs/heads/main', 'repo:acme/x:ref:refs/heads/example'],
  ['repo:acme/x:*', 'repo:acme/x:ref:refs/heads/*', 'repo:acme/x:ref:refs/tags/v1'],
  ['repo:acme/x:*', 'repo:acme/x:ref:*', 'repo:acme/x:pull_request'],
  ['repo:acme/x:*', ['repo:acme/x:ref:*', 'repo:acme/x:pull_request'], 'repo:acme/x:environment:example'],
  ['repo:*:environment:prod', 'repo:acme/*', 'repo:example-org/example:environment:prod'],
  ['repo:*:ref:refs/heads/main', 'repo:example-stranger/*', 'repo:example-org/example:ref:refs/heads/main'],
  ['*acme/x*', 'repo:acme/y:*', 'repo:acme/x:ref:refs/heads/main'],
  ['*acme/x:*', 'repo:acme/x:ref:refs/heads/main', 'repo:acme/x:ref:refs/heads/example'],
  ['*acme/x:environment:prod', 'repo:acme/y:*', 'repo:acme/x:environment:prod'],
  ['repo:acme/x:*main', 'repo:acme/y:*', 'repo:acme/x:ref:refs/heads/main'],
  ['repo:*main', 'repo:example-stranger/*', 'repo:example-org/example:ref:refs/heads/main'],
  ['*:environment:prod', 'repo:example-stranger/*', 'repo:example-org/example:environment:prod'],
  ['*:pull_request', 'repo:example-stranger/*', 'repo:example-org/example:pull_request'],
]

// issuer, the subject asked for, before: what was, the subject shown
const SUBJECTS: readonly (readonly [string, string, string, string])[] = [
  ['gitlab.com', 'project_path:acme/x:*', '-', 'project_path:acme/x:ref_type:branch:ref:main'],
  ['gitlab.com', 'project_path:acme/*', '-', 'project_path:acme/example:ref_type:branch:ref:main'],
  [
    'gitlab.com',
    'project_path:acme/x:*',
    'project_path:acme/x:ref_type:branch:*',
    'project_path:acme/x:ref_type:tag:ref:v1',
  ],
  [
    'app.terraform.io',
    'organization:acme:project:p:workspace:w:run_phase:*',
    '-',
    'organization:acme:project:p:workspace:w:run_phase:apply',
  ],
  [
    'app.terraform.io',
    'organization:acme:project:p:workspace:w:run_phase:*',
    '*:apply',
    'organization:acme:project:p:workspace:w:run_phase:plan',
  ],
  [
    'app.terraform.io',
    'organization:*:workspace:prod:*',
    '-',
    'organization:example:project:example:workspace:prod:run_phase:apply',
  ],
  [
    'app.terraform.io',
    'organization:acme:*',
    '-',
    'organization:acme:project:example:workspace:example:run_phase:apply',
  ],
  [
    'app.terraform.io',
    'organization:acme:*workspace:prod:*',
    '-',
    'organization:acme:project:example:workspace:prod:run_phase:apply',
  ],
  [
    'agent.buildkite.com',
    'organization:acme:pipeline:x:*',
    '-',
    'organization:acme:pipeline:x:ref:refs/heads/main:commit:0:step:example',
  ],
]

// key, asked for, before: what was, the value shown
const OF_AWS: readonly (readonly [string, Given, Given, string])[] = [
  ['aws:RequestedRegion', '*', 'us-east-1', 'eu-west-1'],
  ['aws:RequestedRegion', 'eu-*', '-', 'eu-west-1'],
  ['aws:RequestedRegion', 'ap-*', '-', 'ap-southeast-1'],
  ['aws:SourceVpc', 'vpc-*', '-', 'vpc-1a2b3c4d'],
  ['aws:SourceVpce', 'vpce-*', '-', 'vpce-1a2b3c4d'],
  ['aws:SourceVpce', 'vpce-07*', '-', 'vpce-072b3c4d5e6f7a8b9'],
  ['aws:userid', '*:bob', '-', 'AROAEXAMPLEEXAMPLE123:bob'],
  ['aws:userid', 'AROA7*', '-', 'AROA7EXAMPLEEXAMPLE12:example-session'],
  ['aws:userid', 'AROA*:b?b', '-', 'AROAEXAMPLEEXAMPLE123:bXb'],
]

// asked for, before: what was, the path shown
const PATHS: readonly (readonly [string, string, string])[] = [
  ['o-a/*', 'o-b/*', 'o-a/r-0000/ou-0000-00000000/'],
  ['o-a/r-1/*', 'o-b/*', 'o-a/r-1/'],
  ['o-a/r-1/*', 'o-a/r-1/', 'o-a/r-1/ou-0000-00000000/'],
  ['o-a/r-1/ou-1-*/*', 'o-b/*', 'o-a/r-1/ou-1-00000000/'],
  ['o-a/*/ou-1/*', 'o-b/*', 'o-a/r-0000/ou-1/'],
  ['o-a/r-1/*/', 'o-b/*', 'o-a/r-1/ou-0000-00000000/'],
]

const ADDRESS = 'aws:SourceIp'
// ranges, ranges taken out, the address shown
const ADDRESSES: readonly (readonly [Given, Given, string])[] = [
  ['0.0.0.0/2', '255.255.255.255', '1.0.0.10'],
  ['10.0.0.0/7', '255.255.255.255', '11.0.0.10'],
  [['10.0.0.0/8', '54.1.0.0/16'], '255.255.255.255', '54.1.0.10'],
  ['192.168.0.0/15', '255.255.255.255', '192.169.0.10'],
  ['10.0.0.0/8', '255.255.255.255', '10.0.0.10'],
  ['::/0', '2001:db8::/32', '2000::a'],
  ['2a00:1::/32', '::1', '2a00:1::a'],
  ['::ffff:203.0.113.0/120', '::1', '::ffff:cb00:710a'],
  ['2a00:0:0:1:0:0:0:8', '::1', '2a00:0:0:1::8'],
]

describe('a subject', () => {
  it.each(GITHUB_SUBJECTS)('%s, and not %s', (asked, before, value) => {
    expect(sent({ principal: GITHUB, key: SUB, action: WEB }, asked, before)).toBe(value)
  })

  it.each(SUBJECTS)('of %s: %s, and not %s', (issuer, asked, before, value) => {
    expect(sent({ principal: provider(issuer), key: `${issuer}:sub`, action: WEB }, asked, before)).toBe(value)
  })

  it('of none of those usual is looked for all the same', () => {
    const most = ['repo:acme/x:ref:*', 'repo:acme/x:pull_request', 'repo:acme/x:environment:*']
    expect(sent({ principal: GITHUB, key: SUB, action: WEB }, 'repo:acme/x:*', most)).toBe('repo:acme/x:example')
  })
})

describe('a value that AWS makes', () => {
  it.each(OF_AWS)('%s: %s, and not %s', (key, asked, before, value) => {
    expect(sent({ principal: foreign, key }, asked, before)).toBe(value)
  })

  it.each(PATHS)('of organizations: %s, and not %s', (asked, before, value) => {
    const by = (path: string) =>
      policy(allow(everyone, { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': path } }))
    const [{ witness } = {}] = compareTrust(by(before), by(asked), ABOUT).gained
    expect(witness?.context['aws:PrincipalOrgPaths']).toBe(value)
  })

  it.each(ADDRESSES)('an address of %s, not of %s', (ranges, out, value) => {
    const condition = { IpAddress: { [ADDRESS]: ranges }, NotIpAddress: { [ADDRESS]: out } }
    const [{ witness } = {}] = compareTrust(null, policy(allow(root(OWN), condition)), ABOUT).gained
    expect(witness?.context[ADDRESS]).toBe(value)
  })

  it('a time, in UTC whatever the document says it in', () => {
    const [key, text] = ['aws:CurrentTime', '2027-01-01T09:00:00+09:00']
    const condition = { DateEquals: { [key]: text } }
    const [{ witness } = {}] = compareTrust(null, policy(allow(root(OWN), condition)), ABOUT).gained
    expect(witness?.context[key]).toBe('2027-01-01T00:00:00Z')
  })

  it('a text whose case says nothing is in capitals where it is not as asked for', () => {
    const key = 'gitlab.com:aud'
    const by = (operator: string) =>
      policy(allow(provider('gitlab.com'), { [operator]: { [key]: 'https://a.example' } }, WEB))
    const [{ witness } = {}] = compareTrust(by('StringEquals'), by('StringEqualsIgnoreCase'), ABOUT).gained
    expect(witness?.context[key]).toBe('HTTPS://A.EXAMPLE')
  })
})
