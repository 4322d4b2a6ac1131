/** Parameter Store as far as Trustdrift uses it: GetParametersByPath, in pages. Decrypts nothing. */

import { type Answer, type Call, jsonAnswer, jsonRefusal, type Refusal, type Service } from './wire.ts'

export interface FakeParameter {
  readonly value: string
  readonly type: 'String' | 'StringList' | 'SecureString'
}

export interface FakeSsm {
  readonly parameters: Map<string, FakeParameter>
  /** Parameters a page; AWS gives 10 at most. */
  pageSize: number
  /** Puts a String; what is no text becomes JSON. */
  put(name: string, value: unknown): void
}

export function fakeSsm(): FakeSsm {
  const parameters = new Map<string, FakeParameter>()
  return {
    parameters,
    pageSize: 10,
    put: (name, value) => {
      parameters.set(name, { value: typeof value === 'string' ? value : JSON.stringify(value), type: 'String' })
    },
  }
}

export function ssmService(ssm: FakeSsm): Service {
  return {
    throttle: { status: 400, code: 'ThrottlingException', message: 'Rate exceeded' },
    denied: {
      status: 400,
      code: 'AccessDeniedException',
      message: 'User is not authorized to perform: ssm:GetParametersByPath',
    },
    refuse: jsonRefusal,
    act: (call) => byPath(ssm, call),
  }
}

function byPath({ parameters, pageSize }: FakeSsm, { json }: Call): Answer | Refusal {
  const { Path, Recursive = false, NextToken = '0' } = json
  if (typeof Path !== 'string' || !Path.startsWith('/')) {
    return { status: 400, code: 'ValidationException', message: 'The parameter path must begin with a slash' }
  }
  if (!/^\d+$/.test(String(NextToken))) return { status: 400, code: 'InvalidNextToken', message: 'no such token' }
  const start = Number(NextToken)
  const under = Path.endsWith('/') ? Path : `${Path}/`
  const found = [...parameters]
    .filter(([name]) => name.startsWith(under))
    .filter(([name]) => Recursive === true || !name.slice(under.length).includes('/'))
  const page = found.slice(start, start + pageSize)
  return jsonAnswer({
    Parameters: page.map(([Name, { value, type }]) => ({ Name, Type: type, Value: value, Version: 1 })),
    ...(start + pageSize < found.length ? { NextToken: String(start + pageSize) } : {}),
  })
}
