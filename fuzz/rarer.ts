/** Conditions that few policies have: defaults of variables, single letters, claims, what goes with a call, the other kind of address. */

import fc from 'fast-check'
import { FOR_ALL, FOR_ANY, IF_EXISTS, ORDERS, piece, STRINGS, some } from './piece.ts'

const LIKE = ['StringLike', 'StringNotLike', 'StringLikeIfExists']
const variable = (inside: string) => '$'.concat(`{${inside}}`)
const dates = ORDERS.map((name) => `Date${name}`)

export const rarer = fc.oneof(
  piece(LIKE, ['my:key', 'sts:ExternalId'], some('?', '??*', '*?', 'k?', '?7*', '*1?', '*')),
  piece(
    ['StringEquals', 'StringLike', 'StringNotEquals'],
    ['my:key', 'sts:RoleSessionName'],
    some(variable("aws:username, 'ana'"), 'ana', variable("aws:PrincipalTag/team, 'k7-31'"), 'k7-31'),
  ),
  piece([...FOR_ALL, ...FOR_ANY], ['saml:edupersonaffiliation'], some('staff', 'st*', 'admin', '*f')),
  piece([...STRINGS, ...IF_EXISTS], ['saml:sub'], some('ana', 'a*')),
  piece([...STRINGS, ...IF_EXISTS], ['aws:RequestTag/team', 'sts:SourceIdentity'], some('ana', 'a*', 'bob')),
  piece([...FOR_ALL, ...FOR_ANY], ['sts:TransitiveTagKeys'], some('team', 't*')),
  piece(
    ORDERS.map((name) => `Numeric${name}`),
    ['aws:PrincipalTag/level'],
    some('3', '5', '5.0', '7'),
  ),
  piece([...FOR_ALL, ...FOR_ANY], ['aws:TagKeys'], some('team', 'Team', 'level')),
  piece([...STRINGS, ...IF_EXISTS], ['aws:SourceVpce', 'aws:SourceVpc'], some('vpce-1', 'vpc-1', 'vpc*')),
  piece([...STRINGS, ...IF_EXISTS], ['aws:SourceAccount'], some('111122223333', '444455556666', '4*')),
  piece(
    ['ArnLike', 'ArnNotLike', 'ArnLikeIfExists'],
    ['aws:SourceArn'],
    some('arn:aws:s3:::b*', 'arn:aws:sns:*:111122223333:*', 'arn:aws:sns:us-east-1:444455556666:t'),
  ),
  piece(dates, ['aws:EpochTime'], some('1795219200', '2026-11-21T00:00:00Z', '2027-01-01')),
  piece(['IpAddress', 'NotIpAddress'], ['aws:SourceIp'], some('::/0', '0.0.0.0/0', '2001:db8::/33', '198.51.100.0/24')),
  piece(['Bool', 'BoolIfExists'], ['aws:ViaAWSService'], some('true', 'false')),
  piece(['Null'], ['aws:PrincipalOrgPaths', 'aws:PrincipalOrgID', 'saml:edupersonaffiliation'], some('true', 'false')),
  piece(
    ['ForAllValues:StringLike', 'ForAnyValue:StringEquals'],
    ['aws:PrincipalOrgPaths'],
    some('o-own/*', 'o-own/r-1/'),
  ),
)
