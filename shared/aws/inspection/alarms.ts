/** CloudWatch's alarms, as doctor asks for them. */

import { type CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch'
import type { Alarm } from '../../doctor/alarm.ts'
import type { Answer } from '../../doctor/answer.ts'
import { answered } from './answered.ts'

/** The API takes 100 names at once. */
const AT_ONCE = 100

export function alarmsNamed(names: readonly string[], client: CloudWatchClient): Promise<Answer<readonly Alarm[]>> {
  const read = async () => {
    const alarms: Alarm[] = []
    for (let from = 0; from < names.length; from += AT_ONCE) {
      const page = names.slice(from, from + AT_ONCE)
      const asked = new DescribeAlarmsCommand({ AlarmNames: page, MaxRecords: AT_ONCE })
      const { MetricAlarms = [] } = await client.send(asked)
      for (const { AlarmName = '', StateValue = 'unknown', ActionsEnabled } of MetricAlarms)
        alarms.push({ name: AlarmName, state: StateValue, actions: ActionsEnabled !== false })
    }
    return alarms
  }
  return answered('CloudWatch DescribeAlarms', read(), (alarms) => alarms)
}
