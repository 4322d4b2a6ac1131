/** The words for every error that people meet, first obstacle first. */

import { expect, it } from 'vitest'
import { evaluateTrust } from '../../shared/policy/evaluate.ts'
import { allow, FOREIGN, policy, root } from './build.ts'

const deploy = `arn:aws:iam::${FOREIGN}:role/Deploy`

import { type Asked, CASES } from './obstacles.ts'

const because = (
  text: string,
  { id = deploy, type = 'AWS', action = 'sts:AssumeRole', context = {}, about = {} }: Asked = {},
) => evaluateTrust(text, { principal: { type, id }, action, context }, about).because

it.each(CASES)('%s', (_, text, asked, words) => {
  expect(because(text, asked)).toEqual(words)
})

it('however long the texts of a policy are, the words stay short', () => {
  const long = 'x'.repeat(2000)
  const many = Array.from({ length: 200 }, (_, i) => `${i}${long}`)
  const words = because(policy({ Sid: long, ...allow(root(FOREIGN), { StringEquals: { [`aws:${long}`]: many } }) }))
  expect(words.join('').length).toBeLessThan(2000)
})
