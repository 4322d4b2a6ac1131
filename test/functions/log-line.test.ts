import { expect, test } from 'vitest'
import { failureLines } from '../../functions/log-line.ts'
import { PortError } from '../../shared/aws/failure.ts'

const quoting = () => new SyntaxError('Unexpected token <, "<x>SECRET-EXTERNAL-ID" is not valid JSON')

test("a port's failure is logged in its own words, and not with what it was caused by", () => {
  const lines = failureLines(new PortError('broken', 'SNS Publish got no answer', quoting()))
  expect(lines).toMatchObject([{ error: 'PortError', message: 'SNS Publish got no answer' }])
  expect(JSON.stringify(lines)).not.toContain('SECRET')
})

test("the runtime's own errors may quote what they choked on: only their name and place are logged", () => {
  const lines = failureLines(quoting())
  expect(lines).toMatchObject([{ error: 'SyntaxError' }])
  expect(JSON.stringify(lines)).not.toContain('SECRET')
})

test('of several failures each leaves its line', () => {
  const failures = [new PortError('denied', 'IAM GetRole was denied'), quoting()]
  expect(failureLines(new AggregateError(failures)).map(({ error }) => error)).toEqual(['PortError', 'SyntaxError'])
})
