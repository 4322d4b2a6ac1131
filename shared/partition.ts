/** AWS's partitions that have a public console. Facts only; nothing is read and nothing called. */

interface Facts {
  /** The console's host, to which a region is put in front. */
  readonly console: string
  /** IAM's home region: where its events arrive and its pages are. */
  readonly home: string
}

const PARTITIONS = {
  aws: { console: 'console.aws.amazon.com', home: 'us-east-1' },
  'aws-cn': { console: 'console.amazonaws.cn', home: 'cn-north-1' },
  'aws-us-gov': { console: 'console.amazonaws-us-gov.com', home: 'us-gov-west-1' },
  'aws-eusc': { console: 'console.amazonaws-eusc.eu', home: 'eusc-de-east-1' },
} as const satisfies Readonly<Record<string, Facts>>

type Partition = keyof typeof PARTITIONS

/** Null for a partition that is not known here. @param name as in an ARN */
export function partitionNamed(name: string): Facts | null {
  return isPartition(name) ? PARTITIONS[name] : null
}

/** Regions say their partition by their first letters. The isolated ones (`us-iso-…`, `eu-isoe-…`) have no public console. */
export function partitionOfRegion(region: string): Facts | null {
  if (!isRegion(region) || region.includes('-iso')) return null
  if (region.startsWith('cn-')) return PARTITIONS['aws-cn']
  if (region.startsWith('us-gov-')) return PARTITIONS['aws-us-gov']
  return region.startsWith('eusc-') ? PARTITIONS['aws-eusc'] : PARTITIONS.aws
}

export function isRegion(text: string): boolean {
  return /^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/.test(text)
}

function isPartition(name: string): name is Partition {
  return Object.hasOwn(PARTITIONS, name)
}
