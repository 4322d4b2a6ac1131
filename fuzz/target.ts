/** What a fuzz target is: told how many runs and from which seed, it says what it met and the smallest thing that went wrong. */

export interface Task {
  readonly runs: number
  readonly seed: number
}

export interface Outcome {
  /** What was done, in figures: a run that met nothing worth meeting must show. */
  readonly figures: readonly string[]
  /** Null: nothing went wrong. Else all that is needed to make a case of it. */
  readonly failure: string | null
}

export interface Target {
  /** How many runs when nobody says. */
  readonly runs: number
  readonly fuzz: (task: Task) => Outcome
}
