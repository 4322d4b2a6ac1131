#!/usr/bin/env node
/** Entrance: the `trustdrift` command. Wiring only. */

import { run } from './program.ts'
import { streamsOf } from './streams.ts'

// The AWS SDK's advice to whoever develops with it would stand in the middle of somebody's output.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true'

const code = await run(process.argv.slice(2), streamsOf(process))
// A kept connection to AWS would hold the process; what was written is flushed first.
process.stdout.write('', () => process.exit(code))
