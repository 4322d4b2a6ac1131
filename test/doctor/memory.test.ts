import { describe } from 'vitest'
import { newTally } from '../../shared/exceptions.ts'
import { instantOf } from '../../shared/identity.ts'
import { SEEDED } from './clinic.ts'
import { physical } from './deployed.ts'
import { alarmOf, defined, type Illness, testEach } from './illness.ts'

const ILLNESSES: readonly Illness[] = [
  [
    'the table is not protected',
    ({ aws }) => (aws.table.protected = false),
    'table-protection',
    'failed',
    /off/,
    /update-table .*--deletion-protection-enabled/,
  ],
  [
    'the table cannot be recovered',
    ({ aws }) => (aws.table.recovery = 'DISABLED'),
    'table-recovery',
    'failed',
    /off/,
    /PointInTimeRecoveryEnabled=true/,
  ],
  [
    'no sweep has run',
    (it) => it.sweepState(null),
    'table-seeded',
    'failed',
    /no sweep has begun/,
    /send-message .*SweepQueue\S* --message-body '\{"trustdrift":"sweep"\}'/,
  ],
  [
    'the first sweep is under way',
    (it) =>
      it.sweepState({
        sweepId: 's',
        first: true,
        next: 'm',
        done: false,
        startedAt: instantOf(0),
        watchingSince: null,
        exceptions: null,
      }),
    'table-seeded',
    'warned',
    /began 1970-01-01T00:00:00Z and has not ended/,
    /logs tail/,
  ],

  [
    'the configuration is no JSON',
    ({ aws }) => aws.ssm.put('/trustdrift/20', '{"notifyAt":'),
    'configuration',
    'failed',
    /^\/trustdrift\/20:1:\d+ the parameter is not JSON/,
    /put-parameter .*--name \/trustdrift\/20 /,
  ],
  [
    'the configuration has faults',
    ({ aws }) => aws.ssm.put('/trustdrift/20', '{"notifyAt":"loud","x":1}'),
    'configuration',
    'failed',
    /\/notifyAt must be one of.*\/x is no setting/,
    /put-parameter/,
  ],
  [
    'the configuration is encrypted',
    ({ aws }) => aws.ssm.parameters.set('/trustdrift/10-notify', { value: 'AQICAHh-cipher', type: 'SecureString' }),
    'configuration',
    'failed',
    /^\/trustdrift\/10-notify:1:1 the parameter is a SecureString/,
    /--type String --overwrite/,
  ],
  [
    'two of its parameters contradict each other',
    ({ aws }) => aws.ssm.put('/trustdrift/20', { notifyAt: 'high' }),
    'configuration',
    'failed',
    /^\/trustdrift\/20:1:\d+ \/notifyAt is set in \/trustdrift\/10-notify already$/,
    /put-parameter .*--name \/trustdrift\/20 /,
  ],
  [
    'trust has expired',
    ({ aws }) =>
      aws.ssm.put(
        '/trustdrift/20',
        '{"trustedAccounts":[{"id":"999988887777","label":"Backup","reason":"contract","expires":"2025-01-01"}]}',
      ),
    'configuration',
    'warned',
    /Backup \(999988887777\) expired 2025-01-01/,
    /Renew/,
  ],
  [
    'an exception is from no rule',
    ({ aws }) =>
      aws.ssm.put(
        '/trustdrift/20',
        '{"exceptions":[{"role":"a","rule":"publik-role","reason":"r","expires":"2099-01-01"}]}',
      ),
    'configuration',
    'warned',
    /no rule for trust policies is called publik-role/,
    /take out/,
  ],
  [
    'no role needs an exception',
    async (it) => {
      const exceptions = [{ role: 'a', rule: 'public-role', reason: 'r', expires: '2099-01-01' }]
      it.aws.ssm.put('/trustdrift/20', { exceptions })
      await it.sweepState({ ...SEEDED, exceptions: newTally({ exceptions }) })
    },
    'configuration',
    'warned',
    /The exception from public-role for a is for a role that this account does not have/,
    /take out/,
  ],
  [
    'it is the third of the parameters that has a fault',
    ({ aws }) => ['20', '30'].map((name) => aws.ssm.put(`/trustdrift/${name}`, name === '30' ? '[]' : '{}')),
    'configuration',
    'failed',
    /^\/trustdrift\/30:1:1 /,
    /\/trustdrift\/30/,
  ],

  [
    'an alarm rings',
    (it) => (alarmOf(it, 'HeartbeatAlarm').state = 'ALARM'),
    'alarms',
    'warned',
    /in ALARM: HeartbeatAlarm$/,
    /describe-alarms .*--alarm-names \S*HeartbeatAlarm/,
  ],
  [
    'an alarm is switched off',
    (it) => (alarmOf(it, 'SweepErrorsAlarm').actions = false),
    'alarms',
    'warned',
    /switched off: SweepErrorsAlarm/,
    /enable-alarm-actions/,
  ],
  [
    'an alarm is gone',
    ({ aws }) => aws.deployment.alarms.delete(physical('SweepMissedAlarm')),
    'alarms',
    'failed',
    /SweepMissedAlarm does not exist/,
    /deploy it anew/,
  ],
  [
    'a schedule is disabled',
    ({ aws }) => (defined(aws.deployment.schedules.get(physical('HeartbeatSchedule'))).state = 'DISABLED'),
    'schedule:HeartbeatSchedule',
    'failed',
    /DISABLED/,
    /update-schedule/,
  ],
  [
    'a schedule is gone',
    ({ aws }) => aws.deployment.schedules.clear(),
    'schedule:SweepSchedule',
    'failed',
    /no schedule/,
    /deploy it anew/,
  ],
]

describe('what is wrong with what Trustdrift keeps and watches is named', () => testEach(ILLNESSES))
