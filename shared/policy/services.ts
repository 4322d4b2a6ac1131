/** AWS services that run their users' code with the role: whoever may deploy there gets the role. Names only. */

import { matchesPattern } from './glob.ts'
import { fill } from './sample.ts'

const COMPUTE = new Set([
  'ec2.amazonaws.com',
  'ec2.amazonaws.com.cn',
  'lambda.amazonaws.com',
  'edgelambda.amazonaws.com',
  'ecs-tasks.amazonaws.com',
  'glue.amazonaws.com',
  'codebuild.amazonaws.com',
  'sagemaker.amazonaws.com',
  'tasks.apprunner.amazonaws.com',
  'batch.amazonaws.com',
  'elasticmapreduce.amazonaws.com',
  'emr-serverless.amazonaws.com',
  'pods.eks.amazonaws.com',
  'cloudformation.amazonaws.com',
  'datapipeline.amazonaws.com',
  'bedrock-agentcore.amazonaws.com',
  'ssm.amazonaws.com',
  'states.amazonaws.com',
  'robomaker.amazonaws.com',
  'gamelift.amazonaws.com',
  'lightsail.amazonaws.com',
  'elasticbeanstalk.amazonaws.com',
])

/** Stands for every service that no document names. */
export const ANY_SERVICE = 'example.amazonaws.com'

export function isComputeService(name: string): boolean {
  // Among all there are some.
  return COMPUTE.has(name) || name === ANY_SERVICE
}

const NAME = /^[a-z][a-z\d-]*(?:\.[a-z\d-]+)*\.amazonaws\.com(?:\.cn)?$/

/** A service of this name; for a pattern one that runs its users' code, where it covers any, and one that does not. */
export function servicesLike(pattern: string): readonly string[] {
  if (NAME.test(pattern)) return [pattern]
  const compute = [...COMPUTE].find((one) => matchesPattern(pattern, one))
  return [
    ...(compute === undefined ? [] : [compute]),
    ...fill(pattern)
      .filter((one) => NAME.test(one))
      .slice(0, 1),
  ]
}
