/** The parameters of the configuration, as doctor asks for them. */

import { paginateGetParametersByPath, type SSMClient } from '@aws-sdk/client-ssm'
import type { Answer } from '../../doctor/answer.ts'
import type { Parameter } from '../../doctor/configuration.ts'
import { answered } from './answered.ts'

/** All under the path, in the order of their names, in which they are merged. */
export function parametersUnder(path: string, client: SSMClient): Promise<Answer<readonly Parameter[]>> {
  const read = async () => {
    const parameters: Parameter[] = []
    const asked = { Path: path, Recursive: true }
    for await (const { Parameters = [] } of paginateGetParametersByPath({ client }, asked))
      for (const { Name = '', Value = '', Type } of Parameters)
        parameters.push({ name: Name, text: Value, encrypted: Type === 'SecureString' })
    return parameters.sort((one, other) => (one.name < other.name ? -1 : 1))
  }
  return answered('SSM GetParametersByPath', read(), (parameters) => parameters)
}
