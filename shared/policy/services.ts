/** AWS services that run their users' code with the role: whoever may deploy there gets the role. Names only. */

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

export function isComputeService(name: string): boolean {
  return COMPUTE.has(name)
}
