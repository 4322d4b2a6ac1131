/**
 * App Runner as the port `services`. Knows what App Runner answers, and takes of it only which roles a service uses: its answer
 * holds the service's environment variables in plain text, which end here.
 */

import {
  type AppRunnerClient,
  type Service as AppRunnerService,
  DescribeServiceCommand,
  ListServicesCommand,
  type ServiceSummary,
} from '@aws-sdk/client-apprunner'
import { type AccountId, type ServiceArn, serviceArn } from '../identity.ts'
import { under, useOf } from '../service-call.ts'
import { nameOf, regionOf } from '../service-event.ts'
import type { SeenService, ServicePage, ServiceReading, Services } from '../service-ports.ts'
import type { Service } from '../service-signal.ts'
import { WORKLOADS } from '../workloads/table.ts'
import { ask, explain, failureOf, PortError } from './failure.ts'

/** Milliseconds `read` may take, all attempts together. */
export const DESCRIBE_MS = 10_000

export interface Reading {
  /** The account the clients' credentials belong to. */
  readonly ownAccount: AccountId
  readonly readMs?: number
}

/** @param clientIn one client a region: a service is described where it runs */
export function servicesOf(clientIn: (region: string) => AppRunnerClient, reading: Reading): Services {
  const clients = new Map<string, AppRunnerClient>()
  const client = (region: string) => {
    const known = clients.get(region) ?? clientIn(region)
    clients.set(region, known)
    return known
  }
  return {
    read: (service) => read(client, reading, service),
    list: (region, from) => list(client(region), reading.ownAccount, from),
  }
}

type ClientOf = (region: string) => AppRunnerClient

async function read(client: ClientOf, { ownAccount, readMs }: Reading, service: Service): Promise<ServiceReading> {
  const why = whyNotAsked(service, ownAccount)
  if (why !== null || service.arn === null) return unknown(`App Runner was not asked: ${why}`)
  try {
    const command = new DescribeServiceCommand({ ServiceArn: service.arn })
    const limit = { abortSignal: AbortSignal.timeout(readMs ?? DESCRIBE_MS) }
    const answer = await client(service.region).send(command, limit)
    return readingOf(answer.Service, service)
  } catch (error) {
    return failureOf(error) === 'missing'
      ? { kind: 'no-such-service' }
      : unknown(explain('App Runner DescribeService', error))
  }
}

function whyNotAsked({ account, arn }: Service, ownAccount: AccountId): string | null {
  if (arn === null) return 'the service was never made'
  if (account !== ownAccount) return 'the service belongs to another account'
  return accountIn(arn) === ownAccount ? null : 'the ARN of the service names another account'
}

function accountIn(arn: ServiceArn): string | undefined {
  return arn.split(':')[4]
}

/** A deleted service is described for a while longer. */
function readingOf(described: AppRunnerService | undefined, asked: Service): ServiceReading {
  const arn = serviceArn(described?.ServiceArn)
  if (arn === null || described?.Status === undefined) return unknown('App Runner answered with no service')
  if (arn !== asked.arn) return unknown('App Runner answered with another service than was asked for')
  if (described.Status === 'DELETED') return { kind: 'no-such-service' }
  return { kind: 'service', service: seen(described, arn, asked) }
}

function seen(described: AppRunnerService, arn: ServiceArn, { account, region, name }: Service): SeenService {
  const uses = WORKLOADS.flatMap(({ id, field }) => useOf(id, under(described, field)))
  return { account, region, name, arn, status: described.Status ?? '', uses }
}

async function list(client: AppRunnerClient, ownAccount: AccountId, from: string | null): Promise<ServicePage> {
  const command = new ListServicesCommand(from === null ? {} : { NextToken: from })
  const answer = await ask('App Runner ListServices', client.send(command))
  if (answer.ServiceSummaryList === undefined) throw new PortError('broken', 'App Runner ListServices answered no list')
  return {
    services: answer.ServiceSummaryList.filter(({ Status }) => Status !== 'DELETED').map((one) =>
      listed(one, ownAccount),
    ),
    next: answer.NextToken ? answer.NextToken : null,
  }
}

function listed({ ServiceArn }: ServiceSummary, ownAccount: AccountId): ServicePage['services'][number] {
  const arn = serviceArn(ServiceArn)
  if (arn === null) throw new PortError('broken', 'App Runner listed a service that has no ARN')
  if (accountIn(arn) !== ownAccount) {
    const whose = 'App Runner answered for another account than the one watched: the credentials are not its own'
    throw new PortError('denied', whose)
  }
  return { account: ownAccount, region: regionOf(arn), name: nameOf(arn), arn }
}

function unknown(why: string): ServiceReading {
  return { kind: 'unknown', why }
}
