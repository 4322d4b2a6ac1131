/** Names of services people write often, and which of them a misspelt one is near. No list is complete: what is not near is not judged. */

const NAMES = (
  'apigateway appsync apprunner athena autoscaling backup batch bedrock budgets cloudformation cloudfront cloudtrail cloudwatch codebuild ' +
  'codedeploy codepipeline cognito-idp config datapipeline dynamodb ecs-tasks edgelambda elasticache elasticbeanstalk ' +
  'elasticloadbalancing elasticmapreduce firehose glacier grafana guardduty inspector kinesis lakeformation lambda lexv2 ' +
  'mediaconvert monitoring opensearchservice organizations personalize pods.eks redshift rekognition replication.dynamodb ' +
  'rolesanywhere sagemaker scheduler securityhub servicecatalog spotfleet states storagegateway streams.metrics.cloudwatch ' +
  'tasks.apprunner build.apprunner textract transcribe transfer vpc-flow-logs workspaces'
).split(' ')

const SUFFIX = '.amazonaws.com'
/** Shorter names are too near to one another. */
const SHORTEST = 5

/** The known service that this name misses by one letter; null: it is known, or like none. Services count their generations: inspector2. */
export function nearestService(service: string): string | null {
  if (!service.endsWith(SUFFIX)) return null
  const name = service.slice(0, -SUFFIX.length)
  if (name.length < SHORTEST || NAMES.includes(name.replace(/\d$/, '')) || NAMES.includes(name)) return null
  const near = NAMES.find((known) => known.length > SHORTEST && isOneLetterOff(known, name))
  return near === undefined ? null : near + SUFFIX
}

/** One letter too many, too few, another, or two in the wrong order. */
function isOneLetterOff(one: string, other: string): boolean {
  if (Math.abs(one.length - other.length) > 1) return false
  let same = 0
  while (same < one.length && one[same] === other[same]) same++
  const rest = (text: string, from: number) => text.slice(same + from)
  return (
    rest(one, 1) === rest(other, 1) ||
    rest(one, 1) === rest(other, 0) ||
    rest(one, 0) === rest(other, 1) ||
    (one[same] === other[same + 1] && one[same + 1] === other[same] && rest(one, 2) === rest(other, 2))
  )
}
