/** The deployed stack for the command: where it is, and the means to ask about it. Loaded only by what asks for a stack, with its SDK clients. */

import type { Place } from '../../shared/aws/clients.ts'
import { type Clients, clientsAt } from '../../shared/aws/inspection/clients.ts'
import { inspectorOf } from '../../shared/aws/inspection/inspector.ts'
import { callerOf, stackNamed } from '../../shared/aws/inspection/stack.ts'
import type { Inspector } from '../../shared/doctor/inspector.ts'
import type { Identity, Stack } from '../../shared/doctor/stack.ts'
import { accountId } from '../../shared/identity.ts'
import { partitionOfRegion } from '../../shared/partition.ts'

export interface OpenStack {
  readonly identity: Identity
  /** Where the stack is, or the last place where it was looked for. */
  readonly region: string
  readonly looked: readonly string[]
  /** Null: there is none of that name. */
  readonly stack: Stack | null
  readonly inspectorFor: (stack: Stack) => Inspector
}

/** Where the template can be deployed first, then where the credentials' region is. @throws PortError where AWS cannot be asked at all */
export async function openStack(name: string, place: Place): Promise<OpenStack> {
  const given = place.region ?? (await regionOfProfile(place))
  const home = partitionOfRegion(given)?.home ?? given
  const looked: string[] = []
  let region = home
  let clients = clientsAt({ ...place, region })
  const identity = await callerOf(clients.sts)
  for (region of new Set([home, given])) {
    clients = clientsAt({ ...place, region })
    const stack = await lookedUp(name, region, { clients, isHome: region === home })
    if (stack === 'not allowed') continue
    looked.push(region)
    if (stack !== null) return { identity, region, looked, stack, inspectorFor: inspecting(clients) }
  }
  return { identity, region: home, looked, stack: null, inspectorFor: inspecting(clients) }
}

/** Where regions are forbidden it is the others, never that of IAM, and a stack there would hear nothing. */
async function lookedUp(
  name: string,
  region: string,
  { clients, isHome }: { readonly clients: Clients; readonly isHome: boolean },
): Promise<Stack | null | 'not allowed'> {
  try {
    return await stackNamed(name, region, clients.cloudformation)
  } catch (error) {
    if (isHome) throw error
    return 'not allowed'
  }
}

function inspecting(clients: Clients): (stack: Stack) => Inspector {
  return ({ account }) => {
    const id = accountId(account)
    if (id === null) throw new Error('CloudFormation names no account in the id of the stack')
    return inspectorOf(clients, id)
  }
}

/** Like the AWS CLI's for IAM: without a region, the partition is the public one. */
async function regionOfProfile(place: Place): Promise<string> {
  try {
    return await clientsAt(place).sts.config.region()
  } catch {
    return 'us-east-1'
  }
}
