/** Properties run the same stories everywhere, so that a red build means the change is at fault; FUZZ_SEED tells others. */

import fc from 'fast-check'

fc.configureGlobal({ seed: Number(process.env.FUZZ_SEED ?? 20_261_121) })
