/** `npm run bench`: every figure a ratio within this run. `npm run bench bundles judge compare` runs only those named. */

import { benchBundles } from './bundles.ts'
import { benchCompare } from './compare.ts'
import { benchEvaluate } from './evaluate.ts'
import { isBroken, line } from './figure.ts'
import { benchHistory } from './history.ts'
import { benchJudge } from './judge.ts'
import { benchLogs } from './logs.ts'
import { benchReplay } from './replay.ts'

const benches = {
  bundles: benchBundles,
  compare: benchCompare,
  evaluate: benchEvaluate,
  judge: benchJudge,
  replay: benchReplay,
  logs: benchLogs,
  history: benchHistory,
}
const named = process.argv.slice(2)

let broken = 0
for (const [name, bench] of Object.entries(benches)) {
  if (named.length > 0 && !named.includes(name)) continue
  for (const figure of await bench()) {
    console.log(line(figure))
    if (isBroken(figure)) broken += 1
  }
}
if (broken > 0) {
  console.error(`${broken} ${broken === 1 ? 'figure is' : 'figures are'} over the bound`)
  process.exitCode = 1
}
