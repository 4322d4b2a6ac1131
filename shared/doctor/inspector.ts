/** What doctor asks of the world. Every answer may be "not known"; nothing here throws for that. */

import type { MergedConfig } from '../merge-config.ts'
import type { Alarm } from './alarm.ts'
import type { Answer } from './answer.ts'
import type { Mapping } from './consumer.ts'
import type { QueueFacts } from './queue.ts'
import type { Rule } from './rule.ts'
import type { Sample } from './sample.ts'
import type { SlackFacts } from './slack.ts'
import type { MemoryTable } from './table.ts'
import type { Subscription } from './topic.ts'
import type { Trail } from './trail.ts'
import type { Marks } from './way.ts'

export interface Inspector {
  trails(): Promise<Answer<readonly Trail[]>>
  rule(name: string, samples: readonly Sample[]): Promise<Pick<Rule, 'state' | 'targets' | 'matches'>>
  mappings(functionName: string): Promise<Answer<readonly Mapping[]>>
  queue(url: string): Promise<Answer<QueueFacts>>
  table(name: string): Promise<MemoryTable>
  marks(tableName: string): Marks
  /** Every parameter under the path, as the functions merge them. */
  configuration(path: string): Promise<Answer<MergedConfig>>
  slack(secretArn: string): Promise<SlackFacts>
  subscriptions(topicArn: string): Promise<Answer<readonly Subscription[]>>
  alarms(names: readonly string[]): Promise<Answer<readonly Alarm[]>>
  schedule(name: string, group: string): Promise<Answer<string>>
  send(queueUrl: string, body: string): Promise<Answer<null>>
}
