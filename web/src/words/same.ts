/** The same keys with other words: an English file that lacks a key does not compile. */
export type Same<words> = { [key in keyof words]: words[key] extends string ? string : Same<words[key]> }
